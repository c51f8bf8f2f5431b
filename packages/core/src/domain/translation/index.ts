export { readTranslationLanguages } from './languages.ts'
export { translateStatus } from './translate-status.ts'

export { creditAuthor } from './credit-author.ts'
export { fetchCard } from './fetch-card.ts'
export { planCard } from './plan-card.ts'
export { fetchEmbed } from './fetch-embed.ts'

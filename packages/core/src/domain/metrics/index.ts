export { DIMENSION_KEYS, type DimensionsRequest, readDimensions } from './dimensions.ts'
export { MEASURE_KEYS, type MeasuresRequest, type MetricParams, readMeasures } from './measures.ts'
export { type RetentionRequest, readRetention } from './retention.ts'

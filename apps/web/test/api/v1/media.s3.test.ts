// The same on S3.
import '@anancus/core/testing/on-s3'
import './media.test.ts'

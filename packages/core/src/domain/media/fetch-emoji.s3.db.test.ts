// The same on S3.
import '../../../testing/on-s3.ts'
import './fetch-emoji.db.test.ts'

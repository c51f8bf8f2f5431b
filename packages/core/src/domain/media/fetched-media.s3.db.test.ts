// The same on S3.
import '../../../testing/on-s3.ts'
import './fetched-media.db.test.ts'

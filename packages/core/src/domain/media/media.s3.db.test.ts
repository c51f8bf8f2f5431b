// The same on S3.
import '../../../testing/on-s3.ts'
import './media.db.test.ts'

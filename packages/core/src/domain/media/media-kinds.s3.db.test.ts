// The same on S3.
import '../../../testing/on-s3.ts'
import './media-kinds.db.test.ts'

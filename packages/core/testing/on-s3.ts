import { keepFilesOnS3 } from './store.ts'

// Imported for what it does, before the file of tests that is to run on S3 as well as on local disk.
keepFilesOnS3()

/** @see https://docs.joinmastodon.org/user/posting/#attachments */

export const MAX_IMAGE_BYTES = 16 * 1024 * 1024
/** Films and sounds. */
export const MAX_VIDEO_BYTES = 99 * 1024 * 1024
export const MAX_PROFILE_IMAGE_BYTES = 8 * 1024 * 1024

/** Of a custom emoji, ours or another server's. */
export const MAX_EMOJI_BYTES = 256 * 1024

/** 7680 × 4320. Known from the header, before anything is decoded. */
export const MAX_IMAGE_PIXELS = 33_177_600
/** 1280 × 720, for one frame of a moving picture. */
export const MAX_GIF_PIXELS = 921_600
/** Frames of a moving picture, and pixels of all of them together. */
export const MAX_FRAMES = 1_000
export const MAX_FRAME_PIXELS = 150_000_000

/** 3840 × 2160: larger ones are made smaller. */
export const STORED_PIXELS = 8_294_400
/** 640 × 360. */
export const PREVIEW_PIXELS = 230_400
export const BLURHASH_INPUT_PIXELS = 32
export const BLURHASH_COMPONENTS = 4

export const AVATAR_SIZE = { width: 400, height: 400 } as const
export const HEADER_SIZE = { width: 1500, height: 500 } as const

export const MAX_DESCRIPTION_CHARACTERS = 10_000
/** Longest time one picture may take. */
export const PROCESSING_SECONDS = 30
/** Whole duration of a download from another server. */
export const DOWNLOAD_DEADLINE_MS = 30_000

/** 3840 × 2160, for one frame of a film. */
export const MAX_VIDEO_PIXELS = 8_294_400
export const MAX_FRAME_RATE = 120
/** Of an encoded film; what is longer is cut. */
export const MAX_VIDEO_FRAMES = 36_000
/** What one run of ffmpeg may take: time, address space, size of what it writes. */
export const FFMPEG_LIMITS = { seconds: 900, memoryBytes: 4 * 1024 ** 3, outputBytes: 1024 ** 3 } as const

/** Files that may fail before a move ends: it is not the files then. */
export const MAX_MOVE_FAILURES = 100
/** For so long a move that was broken off is known, in seconds. */
export const MOVE_MEMORY_SECONDS = 30 * 86_400
/** A file without a row is left for so long: its row may be on its way. */
export const ORPHAN_AGE_MS = 3_600_000

/** Longest time one process brings a remote file here, and how long others wait for it. */
export const BRING_LOCK_MS = 60_000
export const BRING_WAIT_MS = 20_000
/** Whole duration of the download of a film, and longest time one process brings it here. */
export const FILM_DEADLINE_MS = 300_000
export const FILM_LOCK_MS = 1_500_000

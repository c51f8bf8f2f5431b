import type { ProfilePatch } from '@anancus/core/domain/accounts'
import { MAX_PROFILE_IMAGE_BYTES } from '@anancus/core/domain/media'
import { z } from 'zod'
import {
  arrayParam,
  booleanParam,
  type ParamHash,
  recordsParamOf,
  scalarAt,
  stringParam,
} from '../../../http/params.ts'
import type { UploadedFile } from '../../../http/route.ts'

/** What `update_credentials` and `profile` both take. */
export const profileShape = {
  display_name: stringParam,
  note: stringParam,
  avatar_description: stringParam,
  header_description: stringParam,
  locked: booleanParam,
  bot: booleanParam,
  discoverable: booleanParam,
  indexable: booleanParam,
  hide_collections: booleanParam,
  attribution_domains: arrayParam(),
  fields_attributes: recordsParamOf({ name: stringParam, value: stringParam }),
}

/**
 * Pictures of a profile: what is read of each, in bytes. Twice what is taken, so that a file that is a little too large is
 * told what the limit is, and a huge one is not read to its end.
 */
export const profileUploads = { avatar: 2 * MAX_PROFILE_IMAGE_BYTES, header: 2 * MAX_PROFILE_IMAGE_BYTES }

const schema = z.object(profileShape)

/** The patch the parameters and files stand for. */
export function profilePatch(
  params: z.output<typeof schema>,
  files: Record<string, UploadedFile>,
): ProfilePatch {
  return {
    displayName: params.display_name,
    note: params.note,
    avatarDescription: params.avatar_description,
    headerDescription: params.header_description,
    locked: params.locked,
    bot: params.bot,
    discoverable: params.discoverable,
    indexable: params.indexable,
    hideCollections: params.hide_collections,
    attributionDomains: params.attribution_domains,
    fields: params.fields_attributes?.map(fieldOf),
    avatar: files.avatar,
    header: files.header,
  }
}

function fieldOf(record: ParamHash) {
  return { name: scalarAt(record, 'name'), value: scalarAt(record, 'value') }
}

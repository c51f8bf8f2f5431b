import type { Announcement } from '@anancus/core/entities/types'
import { del, get, post, put } from './request.ts'

const path = '/api/v1/announcements'
const reactionPath = (id: string, name: string) => `${path}/${id}/reactions/${encodeURIComponent(name)}`

export const fetchAnnouncements = () => get<Announcement[]>(path)
export const markAnnouncementRead = (id: string) => post<object>(`${path}/${id}/dismiss`)
export const addReaction = (id: string, name: string) => put<object>(reactionPath(id, name))
export const removeReaction = (id: string, name: string) => del<object>(reactionPath(id, name))

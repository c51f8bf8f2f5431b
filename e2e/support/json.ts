/** The value of a text that is JSON, or the text. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What a streaming event carries: an entity is read, a bare id stays the text it is. */
export function payloadOf(payload: unknown): unknown {
  return typeof payload === 'string' && payload.startsWith('{') ? parsed(payload) : payload
}

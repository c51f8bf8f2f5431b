/** Whether the text of some HTML is longer than so many characters; tags do not count. */
export function isLongText(html: string, limit: number): boolean {
  return html.length > limit && html.replace(/<[^>]*>/g, '').length > limit
}

import { embedHtml } from './embed-html.ts'

const SANDBOX =
  'sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms"'

describe('SEC-XSS-01 SEC-XSS-02 SEC-XSS-16 embedHtml', () => {
  it.each([
    ['', ''],
    ['<p>text</p>', ''],
    [
      '<iframe src="https://v.example/1" width="640" allow="camera" srcdoc="<script>" onload="x()"></iframe>',
      `<iframe src="https://v.example/1" width="640" ${SANDBOX}></iframe>`,
    ],
    ['<iframe src="javascript:alert(1)"></iframe>', ''],
    ['<iframe src=" java\tscript:alert(1)"></iframe>', ''],
    ['<iframe src="data:text/html,x"></iframe><iframe></iframe>', ''],
    ['<iframe src="//v.example"></iframe>', ''],
    ['<script>alert(1)</script><div data-x="y"></div><svg onload="x()"></svg>', ''],
    ['<embed src="https://v.example/x.swf"><object data="https://v.example/x"></object>', ''],
    [
      '<iframe src="https://v.example/1"></iframe><iframe src="https://v.example/2"></iframe><video></video>',
      `<iframe src="https://v.example/1" ${SANDBOX}></iframe>`,
    ],
    ['<source src="https://v.example/a.mp4"><audio>', '<audio></audio>'],
    [
      '<video controls><source src="https://v.example/a.mp4">',
      '<video controls=""><source src="https://v.example/a.mp4"></video>',
    ],
    ['</iframe><audio></video></audio>', '<audio></audio>'],
    [
      '<video><iframe src="https://v.example/1"></iframe><source src="javascript:x"></video>',
      '<video><source></video>',
    ],
    [
      '<iframe src="https://v.example/&quot;&gt;<script>"></iframe>',
      `<iframe src="https://v.example/&quot;&gt;&lt;script&gt;" ${SANDBOX}></iframe>`,
    ],
  ])('%s', (markup, expected) => {
    expect(embedHtml(markup)).toBe(expected)
  })
})

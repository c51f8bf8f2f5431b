import { embedHtml } from './embed-html.ts'

const SANDBOX =
  'sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms"'

describe('embedHtml', () => {
  it.each([
    ['', ''],
    ['<p>text</p>', ''],
    [
      '<iframe src="https://v.example/1" width="640" allow="camera" srcdoc="<script>" onload="x()"></iframe>',
      `<iframe src="https://v.example/1" width="640" ${SANDBOX}></iframe>`,
    ],
    ['<iframe src="javascript:alert(1)"></iframe>', `<iframe ${SANDBOX}></iframe>`],
    ['<iframe src="//v.example"></iframe>', `<iframe ${SANDBOX}></iframe>`],
    ['<script>alert(1)</script>', ''],
    [
      '<video controls><source src="https://v.example/a.mp4">',
      '<video controls=""><source src="https://v.example/a.mp4"></video>',
    ],
    ['</iframe><audio></video></audio>', '<audio></audio>'],
    [
      '<iframe src="https://v.example/&quot;&gt;<script>"></iframe>',
      `<iframe src="https://v.example/&quot;&gt;&lt;script&gt;" ${SANDBOX}></iframe>`,
    ],
  ])('%s', (markup, expected) => {
    expect(embedHtml(markup)).toBe(expected)
  })
})

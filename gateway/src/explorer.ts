import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Page } from '@satuanak/service-kit'

/** Only from this server: no other host is ever asked, so the page works without the internet. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // GraphiQL and CodeMirror set styles from script.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const require = createRequire(import.meta.url)
const GRAPHIQL = dirname(require.resolve('graphiql/package.json'))
const REACT = dirname(require.resolve('react/package.json'))
const REACT_DOM = dirname(require.resolve('react-dom/package.json'))

/** GraphiQL and React as their packages ship them for a page without a bundler. */
const ASSETS = [
  ['react.js', 'js', join(REACT, 'umd/react.production.min.js')],
  ['react-dom.js', 'js', join(REACT_DOM, 'umd/react-dom.production.min.js')],
  ['graphiql.js', 'js', join(GRAPHIQL, 'graphiql.min.js')],
  ['graphiql.css', 'css', join(GRAPHIQL, 'graphiql.min.css')],
] as const

const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', json: 'application/json' } as const

/** The GraphiQL page at `/`, its assets under `/explorer/`, and the demo's example queries as its tabs. */
export function explorerPages(): ReadonlyMap<string, Page> {
  const here = (path: string) => new URL(`../${path}`, import.meta.url)
  return new Map([
    ['/', page('html', readFileSync(here('explorer/index.html')))],
    ['/explorer/explorer.js', page('js', readFileSync(here('explorer/explorer.js')))],
    ['/explorer/explorer.css', page('css', readFileSync(here('explorer/explorer.css')))],
    ['/explorer/examples.json', (...sent) => page('json', Buffer.from(JSON.stringify(examples())))(...sent)],
    ...ASSETS.map(([name, kind, file]) => [`/explorer/${name}`, page(kind, readFileSync(file))] as const),
  ])
}

/**
 * GraphiQL's tabs: `examples/*.graphql` in order of name, each with the variables of the `.json` beside it, in which
 * `{{today}}` is the city's day and `{{requestId}}` a new id.
 */
export function examples(): { readonly query: string; readonly variables?: string }[] {
  const folder = new URL('../examples/', import.meta.url)
  const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')
  const files = readdirSync(folder).toSorted()
  return files
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => {
      const variables = name.replace(/\.graphql$/, '.json')
      return { query: read(name), ...(files.includes(variables) && { variables: filled(read(variables)) }) }
    })
}

const filled = (variables: string): string =>
  variables
    .replaceAll('{{today}}', Temporal.Now.plainDateISO('Asia/Jakarta').toString())
    .replaceAll('{{requestId}}', () => randomUUID())

function page(kind: keyof typeof TYPES, content: Uint8Array): Page {
  return (request, response) => {
    response.setHeader('content-type', `${TYPES[kind]}; charset=utf-8`)
    response.setHeader('content-length', content.byteLength)
    response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY)
    response.setHeader('referrer-policy', 'no-referrer')
    response.setHeader('cache-control', 'no-cache')
    response.end(request.method === 'HEAD' ? undefined : content)
  }
}

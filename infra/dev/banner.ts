import type { RunFile } from './run-file.ts'

const WIDTH = 90

/** What the person at the terminal needs to know, in under 15 lines. Holds no password. */
export function banner(
  { gatewayUrl, natsUrl, databaseUrls }: RunFile,
  ports: ReadonlyMap<string, number>,
  personas: readonly string[],
  seconds: number,
): string {
  const hostOf = (url: string | undefined) => (url === undefined ? '' : new URL(url.split(',')[0] ?? url).host)
  const someone = personas[0] ?? ''
  return `
SatuAnak is ready after ${seconds.toFixed(1)} s. Ctrl-C stops everything; the data stays in .data.
  Graph     ${gatewayUrl} · in the browser, with examples: ${new URL('/', gatewayUrl)}
  Services  ${[...ports].map(([name, port]) => `${name} :${port}`).join(' · ')}
  Storage   PostgreSQL ${hostOf(Object.values(databaseUrls)[0])} · NATS ${hostOf(natsUrl)}
  Personas  ${rows(personas).join(`\n${' '.repeat(12)}`)}
  Token     npm run -s token -- ${someone}
  Try       curl -s ${gatewayUrl} -H 'content-type: application/json' \\
              -H "authorization: Bearer $(npm run -s token -- ${someone})" -d '{"query":"{ me { name } }"}'
  Live      curl -N ${new URL('/live', gatewayUrl)} -H "authorization: Bearer $(npm run -s token -- ${someone})"`
}

/** The words in as many rows as they need. */
function rows(words: readonly string[]): string[] {
  const filled: string[] = []
  for (const word of words) {
    const last = filled.at(-1)
    if (last !== undefined && last.length + word.length + 2 <= WIDTH) filled[filled.length - 1] = `${last}, ${word}`
    else filled.push(word)
  }
  return filled.map((row, index) => (index < filled.length - 1 ? `${row},` : row))
}

import type { RunFile } from './run-file.ts'

/** What the person at the terminal needs to know, in under 15 lines. Holds no password. */
export function banner(run: RunFile, ports: ReadonlyMap<string, number>, personas: readonly string[], seconds: number) {
  const { gatewayUrl, natsUrl, databaseUrls } = run
  const hostOf = (url: string | undefined) => (url === undefined ? '' : new URL(url.split(',')[0] ?? url).host)
  const services = [...ports].map(([name, port]) => `${name} :${port}`).join(' · ')
  return `
SatuAnak is ready after ${seconds.toFixed(1)} s. Ctrl-C stops everything; the data stays in .data.

  Graph     ${gatewayUrl}, in the browser ${new URL('/', gatewayUrl)}
  Services  ${services}
  Storage   PostgreSQL ${hostOf(Object.values(databaseUrls)[0])} · NATS ${hostOf(natsUrl)}

  Who you can be   ${personas.join(', ')}
  Your token       npm run -s token -- ${personas[0] ?? ''}
  Try first        curl -s ${gatewayUrl} -H 'content-type: application/json' \\
                     -H "authorization: Bearer $(npm run -s token -- ${personas[0] ?? ''})" -d '{"query":"{ me { name agencyName } }"}'`
}

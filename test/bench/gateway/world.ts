import { readFileSync } from 'node:fs'
import { SERVICES } from '@satuanak/contracts'
import { PERSONAS } from '@satuanak/demo-city'
import { createKeyPair, openDevIssuer } from '@satuanak/identity'
import type { World } from './part.ts'

const FAR = '1000000000'

/** Rates and turns out of reach: what is measured is what a request costs, not whom the gateway turns away. */
export const OUT_OF_REACH = {
  MAX_CONCURRENT: FAR,
  MAX_CONCURRENT_PERSON: FAR,
  RATE_PERSON_REQUESTS: FAR,
  RATE_PERSON_COST: FAR,
  RATE_CLIENT_REQUESTS: FAR,
}

const SUBGRAPHS: readonly string[] = [...SERVICES, 'front-door']

/** The keys and the token of a run. @param dir where the issuer keeps its key. */
export async function openWorld(dir: string): Promise<{ readonly world: World; readonly token: string }> {
  const issuer = await openDevIssuer(dir)
  const keys = await createKeyPair()
  const env = {
    ...OUT_OF_REACH,
    GATEWAY_SIGNING_JWK: JSON.stringify(keys.privateJwk),
    GATEWAY_JWKS: JSON.stringify(keys.jwks),
    OIDC_ISSUER: issuer.issuer,
    OIDC_AUDIENCE: issuer.audience,
    OIDC_JWKS: JSON.stringify(issuer.jwks),
  }
  const nowhere = Object.fromEntries(SUBGRAPHS.map((name) => [name, '']))
  return {
    world: { supergraph: '', subgraphs: nowhere, dir, env },
    token: await issuer.token(PERSONAS.bapperida.caller),
  }
}

/** The same, with subgraphs that run. */
export function over(world: World, subgraphs: World['subgraphs']): World {
  const committed = readFileSync(new URL('../../../gateway/supergraph.graphql', import.meta.url), 'utf8')
  const supergraph = committed.replaceAll(
    /(name: "([\w-]+)", url: )"[^"]*"/g,
    (_all, before: string, name: string) => `${before}"${subgraphs[name] ?? ''}"`,
  )
  return { ...world, supergraph, subgraphs }
}

import { PERSONAS } from '@satuanak/demo-city'
import { createSubgraphSigner, createSubgraphVerifier, createVerifier } from '@satuanak/identity'
import type { CityHouse } from './house.ts'

const TIMES = 1_000

/** Parts of a request that no span shows, each done by itself in a row. @returns their medians in milliseconds. */
export async function pieces(city: CityHouse, answer: string): Promise<ReadonlyMap<string, number>> {
  const { env } = city.world
  const { OIDC_ISSUER: issuer = '', OIDC_AUDIENCE: audience = '' } = env
  const verify = createVerifier({ issuer, audience, jwks: JSON.parse(env.OIDC_JWKS ?? '') })
  const sign = createSubgraphSigner({ privateJwk: JSON.parse(env.GATEWAY_SIGNING_JWK ?? '') })
  const jwks = JSON.parse(city.given('social').GATEWAY_JWKS ?? '')
  const believe = createSubgraphVerifier({ jwks, audience: 'social' })
  const { caller } = PERSONAS.bapperida
  const signed = await sign(caller, 'social')
  const data = JSON.parse(answer)
  return new Map([
    ['gateway: a token checked', await medianOf(() => verify(city.token))],
    ['gateway: a fetch signed', await medianOf(() => sign(caller, 'social'))],
    ['subgraph: a signature checked', await medianOf(() => believe(signed))],
    ['an answer of this size read as JSON', await medianOf(() => JSON.parse(answer))],
    ['an answer of this size written as JSON', await medianOf(() => JSON.stringify(data))],
  ])
}

async function medianOf(run: () => unknown): Promise<number> {
  const times: number[] = []
  for (let done = 0; done < TIMES; done += 1) {
    const from = performance.now()
    await run()
    times.push(performance.now() - from)
  }
  return times.sort((one, other) => one - other)[TIMES / 2] ?? Number.NaN
}

import { join } from 'node:path'
import { SERVICES, type ServiceName } from '@satuanak/contracts'
import { startPostgres } from '@satuanak/local-servers'
import { openDemoHouse } from '../../subgraph/house.ts'
import type { World } from '../part.ts'
import { OUT_OF_REACH } from '../world.ts'

const CHILDREN = 2_000

/** Databases with the demo city in them, a broker, and the keys of a house whose services are not running. */
export interface CityHouse {
  readonly world: World
  readonly token: string
  /** A child that all agencies know. */
  readonly childId: string
  /** The city's time. */
  readonly now: string
  given(name: ServiceName): Readonly<Record<string, string>>
  close(): Promise<void>
}

/** @param dir where PostgreSQL keeps its data. */
export async function openCity(dir: string): Promise<CityHouse> {
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false })
  try {
    const { house, given } = await openDemoHouse(postgres.adminUrl, CHILDREN)
    const street = await house
      .as('bapperida')
      .ok<{ streetContacts: { nodes: { child: { id: string } }[] } }>('{ streetContacts { nodes { child { id } } } }')
    const token = await house.token('bapperida')
    // The databases stay: others are started in the place of these.
    for (const name of SERVICES) await house.stop(name)
    return {
      world: { supergraph: '', subgraphs: {}, dir, env: { ...given.get('gateway'), ...OUT_OF_REACH } },
      token,
      childId: street.streetContacts.nodes[0]?.child.id ?? '',
      now: house.clock.now().toString(),
      given: (name) => given.get(name) ?? {},
      close: async () => {
        await house.close()
        await postgres.close()
      },
    }
  } catch (error) {
    await postgres.close()
    throw error
  }
}

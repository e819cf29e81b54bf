import type { RegistryNetwork } from '../test-registry.ts'
import { keysCommand } from './keys-command.ts'
import { openSession } from './repository.ts'
import { ringOf } from './ring-file.ts'
import type { Rotation } from './rotate-keys.ts'

/** The keys as an operator's hand on a running registry has them, and what the database says of them. */
export function openKeys(network: RegistryNetwork) {
  const { app } = network.service('civil-registry')
  const file = network.nikKeysFile
  const databaseUrl = network.databaseUrl('civil-registry')
  const rotation = (more: Partial<Rotation> = {}): Rotation => ({
    app,
    file,
    signal: new AbortController().signal,
    progress: () => undefined,
    grace: 20,
    ...more,
  })
  const run = async (argv: readonly string[], more: Partial<Rotation> = {}) => {
    const printed: string[] = []
    const print = (line: string) => printed.push(line)
    const code = await keysCommand(argv, { ...rotation(more), databaseUrl, print })
    return { code, text: printed.join('\n') }
  }
  /** Rows of each kind by the key they are under, as `person k1`. */
  const rowsUnder = async () => {
    const rows = await app.db.$queryRaw<{ under: string }[]>`
      SELECT DISTINCT 'person ' || nik_key_id AS under FROM person WHERE nik_key_id IS NOT NULL
      UNION SELECT 'person_kk ' || kk_key_id FROM person_kk
      UNION SELECT 'siak_lookup ' || nik_key_id FROM siak_lookup
      UNION SELECT 'siak_record ' || record_key_id FROM siak_lookup WHERE record_key_id IS NOT NULL ORDER BY 1`
    return rows.map(({ under }) => under)
  }
  return { run, rotation, rowsUnder, ring: () => ringOf(file), session: () => openSession(databaseUrl) }
}

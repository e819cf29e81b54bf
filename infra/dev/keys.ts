import { runRegistryCommand } from './registry-command.ts'

// `npm run keys -- status | rotate | retire <key>`: the keys under which the registry seals NIKs.
await runRegistryCommand('keys.ts')

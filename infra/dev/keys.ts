import { runServiceCommand } from './service-command.ts'

// `npm run keys -- status | rotate | retire <key>`: the keys under which the registry seals NIKs.
await runServiceCommand('civil-registry', 'keys.ts')

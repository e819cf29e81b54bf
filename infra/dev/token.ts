import { join } from 'node:path'
import { openDevIssuer } from '@satuanak/identity'
import { DATA_DIR } from './run-file.ts'
import { tokenCommand } from './token-command.ts'

// `npm run -s token [-- <persona>]`.
const [name] = process.argv.slice(2)
const issuer = () => openDevIssuer(join(DATA_DIR, 'keys'))
const { code, out, err } = await tokenCommand(name, issuer)
process.stdout.write(out)
process.stderr.write(err)
process.exitCode = code

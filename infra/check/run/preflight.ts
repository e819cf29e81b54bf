import { execFileSync } from 'node:child_process'
import { ROOT } from '../repository.ts'

/** What this machine lacks for the checks, with how to get it, in one sentence; undefined where nothing is missing. */
export function missingTool(): string | undefined {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 26) {
    return `Node ${process.versions.node} runs the checks, but the sources need Node 26: start them with \`npm test\`, which brings it.`
  }
  if (!answers('git', '-c', `safe.directory=${ROOT}`, 'rev-parse', '--git-dir')) {
    return 'The checks read the list of files from git: install git (`apt-get install git`) and run them in a clone.'
  }
  if (!answers('pnpm', '--version')) {
    return 'The checks need pnpm on PATH: start them with `npm test`, which brings it.'
  }
  return undefined
}

function answers(file: string, ...args: string[]): boolean {
  try {
    execFileSync(file, args, { cwd: ROOT, stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

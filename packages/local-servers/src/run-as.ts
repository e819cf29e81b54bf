import { execFile } from 'node:child_process'
import { chown, readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { CannotStart } from './cannot-start.ts'

const run = promisify(execFile)

/** Whom PostgreSQL runs as: it refuses root. */
export type RunAs =
  | { readonly kind: 'self' }
  /** Root outside, an ordinary user in its own eyes: a user namespace of its own. Files stay root's. */
  | { readonly kind: 'namespace' }
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number }

/** What to spawn so that `command` runs as `who`. */
export function commandAs(who: RunAs, command: string, args: readonly string[]) {
  switch (who.kind) {
    case 'self':
      return { command, args, identity: {} }
    case 'namespace':
      return {
        command: 'unshare',
        args: ['--user', '--map-user=1000', '--map-group=1000', command, ...args],
        identity: {},
      }
    case 'user':
      return { command, args, identity: { uid: who.uid, gid: who.gid } }
  }
}

/**
 * Whom to run PostgreSQL as, so that it can write in `dir` and reach its own programs.
 *
 * Not root: ourselves. Root: a user namespace; where the machine forbids those (many containers), the owner of the data
 * already there or of the folder above, then `postgres`, then `nobody`; `dir` is handed to the one that is taken.
 *
 * @throws CannotStart if none of them gets through.
 */
export async function chooseRunAs(dir: string, initdb: string, candidates?: readonly RunAs[]): Promise<RunAs> {
  if (process.getuid?.() !== 0) return { kind: 'self' }
  for (const who of candidates ?? (await candidatesFor(dir))) {
    if (await canRun(who, dir, initdb)) return who
  }
  throw new CannotStart(
    `PostgreSQL does not run as root, and no other user reaches ${dir} and ${initdb}: run this as an ordinary user, or move the clone to a folder that every user can enter (such as /srv), or set DATABASE_URL.`,
  )
}

async function candidatesFor(dir: string): Promise<RunAs[]> {
  const owners = await Promise.all([`${dir}/data`, `${dir}/../..`].map(ownerOf))
  const named = await namedUsers(['postgres', 'nobody'])
  const [dataOwner, folderOwner] = owners
  const users = [dataOwner, folderOwner, ...named].filter((user) => user !== undefined)
  const asUsers = users.map((user) => ({ kind: 'user' as const, ...user }))
  // Data that another user wrote stays that user's.
  return dataOwner === undefined ? [{ kind: 'namespace' }, ...asUsers] : [...asUsers, { kind: 'namespace' }]
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  const owner = await stat(path).catch(() => undefined)
  return owner === undefined || owner.uid === 0 ? undefined : { uid: owner.uid, gid: owner.gid }
}

async function namedUsers(names: readonly string[]): Promise<{ uid: number; gid: number }[]> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const accounts = passwd.split('\n').map((line) => line.split(':'))
  return names.flatMap((name) => {
    const account = accounts.find(([user]) => user === name)
    return account === undefined ? [] : [{ uid: Number(account[2]), gid: Number(account[3]) }]
  })
}

async function canRun(who: RunAs, dir: string, initdb: string): Promise<boolean> {
  if (who.kind === 'user') await chown(dir, who.uid, who.gid)
  const probe = commandAs(who, '/bin/sh', ['-c', 'test -w "$1" && "$2" --version', 'sh', dir, initdb])
  const passed = await run(probe.command, [...probe.args], { ...probe.identity, cwd: '/' }).then(
    () => true,
    () => false,
  )
  if (!passed && who.kind === 'user') await chown(dir, 0, 0)
  return passed
}

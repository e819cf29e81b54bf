import type { Notice } from '@satuanak/contracts'
import { type Caller, decide, PERMISSION_NAMES, type Permission } from '@satuanak/identity'
import type { LiveStream } from './live-stream.ts'

/** A notice that somebody may hear, and its text on the wire, which is the same for everyone. */
export interface Told {
  readonly seq: number
  readonly notice: Notice
  readonly permissions: readonly Permission[]
  readonly frame: string
}

const KNOWN: ReadonlySet<string> = new Set(PERMISSION_NAMES)

/** The permissions that a notice names; undefined where it names one that is not in the table: then nobody holds it. */
export function knownPermissions({ permissions }: Notice): readonly Permission[] | undefined {
  const known = permissions.filter((name): name is Permission => KNOWN.has(name))
  return known.length > 0 && known.length === permissions.length ? known : undefined
}

/** Who listens to the same topics with the same say: one decision holds for all of their streams. */
export class Audience {
  readonly caller: Caller
  readonly topics: ReadonlySet<string>
  readonly streams = new Set<LiveStream>()

  constructor(caller: Caller, topics: readonly string[]) {
    this.caller = caller
    this.topics = new Set(topics)
  }

  /** All of a notice's permissions, under its facts, by the one table. */
  mayHear({ notice, permissions }: Told): boolean {
    return (
      this.topics.has(notice.topic) &&
      permissions.every((permission) => decide(this.caller, permission, notice.facts).allowed)
    )
  }
}

/** Everything of a caller that `decide` looks at, and the topics; never who it is. */
export const audienceKey = ({ agency, roles, kelurahan, schools }: Caller, topics: readonly string[]): string =>
  JSON.stringify([agency, ...[roles, kelurahan, schools, topics].map((list) => list.toSorted())])

import type { Notice } from '@satuanak/contracts'
import { type Caller, decide, type Facts, PERMISSION_NAMES, type Permission } from '@satuanak/identity'
import { noticeFrame } from './frames.ts'
import type { LiveStream } from './live-stream.ts'

/** A notice, and its text on the wire, which is the same for everyone. */
export interface Told {
  readonly seq: number
  readonly notice: Notice
  /** None: it names one that this gateway does not know, and nobody hears it. Its facts count all the same. */
  readonly permissions: readonly Permission[]
  readonly frame: string
}

const KNOWN: ReadonlySet<string> = new Set(PERMISSION_NAMES)

/** All the permissions that a notice names, or none where one of them is not in the table: then nobody holds it. */
function knownPermissions({ permissions }: Notice): readonly Permission[] {
  const known = permissions.filter((name): name is Permission => KNOWN.has(name))
  return known.length === permissions.length ? known : []
}

export const toldOf = (notice: Notice, stream: string, seq: number): Told => ({
  seq,
  notice,
  permissions: knownPermissions(notice),
  frame: noticeFrame({ stream, seq }, notice),
})

/** Who listens to the same topics with the same say: one decision holds for all of their streams. */
export class Audience {
  readonly caller: Caller
  readonly topics: ReadonlySet<string>
  readonly streams = new Set<LiveStream>()

  constructor(caller: Caller, topics: readonly string[]) {
    this.caller = caller
    this.topics = new Set(topics)
  }

  /** All of a notice's permissions, under these facts, by the one table. Default deny: what is not known is nobody's. */
  mayHear({ notice, permissions }: Told, facts: Facts): boolean {
    return (
      this.topics.has(notice.topic) &&
      permissions.length > 0 &&
      permissions.every((permission) => decide(this.caller, permission, facts).allowed)
    )
  }
}

/** Everything of a caller that `decide` looks at, and the topics; never who it is. */
export const audienceKey = ({ agency, roles, kelurahan, schools }: Caller, topics: readonly string[]): string =>
  JSON.stringify([agency, ...[roles, kelurahan, schools, topics].map((list) => list.toSorted())])

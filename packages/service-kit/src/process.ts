import { UnfitKey } from '@satuanak/identity'
import { BrokerDrift, BrokerUnreachable, ForeignDatabase } from '@satuanak/messaging'
import { CannotStart } from './cannot-start.ts'
import { ConfigError } from './config.ts'
import { describe } from './log.ts'

interface Closable {
  close(): Promise<void>
}

/**
 * The process around a service: starts it, and ends it once on SIGTERM, SIGINT or when the launcher that started it
 * is gone. Exit code 0 after a clean end, 1 after a fault, 78 (EX_CONFIG) for a configuration that cannot be used.
 *
 * Why it could not start is told in our own words where they are ours. Of every other fault, and of one that nobody
 * caught, stderr gets what a log would: Node's own words for it repeat the message, and what it holds (PV-10).
 */
export async function runProcess(start: () => Promise<Closable>): Promise<void> {
  const fail = (what: string) => (fault: unknown) => {
    tell(what, fault)
    process.exit(fault instanceof ConfigError ? 78 : 1)
  }
  // Node raises a rejection that nobody handles as an exception too.
  process.on('uncaughtException', fail('a fault that nobody caught'))
  const running = start()
  const state = { ending: false }
  const end = () => {
    if (state.ending) return
    state.ending = true
    running.then((service) => service.close()).then(() => process.exit(0), fail('the process did not close cleanly'))
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, end)
  await running.catch(fail('the process could not start'))
}

/** Their sentences are written for the operator and hold no value. */
const OURS = [ConfigError, CannotStart, UnfitKey, BrokerDrift, BrokerUnreachable, ForeignDatabase]

function tell(msg: string, fault: unknown): void {
  const isOurs = fault instanceof Error && OURS.some((kind) => fault instanceof kind)
  const line = { level: 'fatal', time: new Date().toISOString(), err: describe(fault), msg }
  process.stderr.write(`${isOurs ? fault.message : JSON.stringify(line)}\n`)
}

import { createLog, type Logger } from '@satuanak/service-kit'
import type { GatewayConfig } from './config.ts'

/** The gateway's log; where several processes write it, each line has its worker's number. */
export function gatewayLog({ logLevel, worker }: Pick<GatewayConfig, 'logLevel' | 'worker'>): Logger {
  const log = createLog('gateway', logLevel)
  return worker === undefined ? log : log.child({ worker })
}

import type { ServiceName } from '@satuanak/contracts'
import type { Service } from '@satuanak/service-kit'

/** One way of serving: where it answers, and what is done around its rounds. */
export interface Side {
  readonly name: string
  readonly url: string
  during<T>(run: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The service as it is. */
export async function sidesOf(service: Service, _name: ServiceName): Promise<readonly Side[]> {
  return [{ name: 'as it is', url: `${service.url}/graphql`, during: (run) => run(), close: async () => undefined }]
}

import type { Service } from '@satuanak/service-kit'
import pg from 'pg'

/** One way of serving: where it answers, and what is done around its rounds. */
export interface Side {
  readonly name: string
  readonly url: string
  during<T>(run: () => Promise<T>): Promise<T>
}

/** The service as it is, and without what was done to make it quicker (ADR 0027). */
export const sidesOf = (service: Service): readonly [Side, ...Side[]] => {
  const url = `${service.url}/graphql`
  return [
    { name: 'as it is', url, during: (run) => run() },
    { name: 'each statement planned each time', url, during: withoutNames },
  ]
}

/** PostgreSQL keeps no plan of a statement without a name. */
async function withoutNames<T>(run: () => Promise<T>): Promise<T> {
  const original = pg.Client.prototype.query as (...args: unknown[]) => unknown
  const unnamed = function (this: pg.Client, asked: unknown, ...more: unknown[]) {
    const plain = typeof asked === 'object' && asked !== null && 'name' in asked ? { ...asked, name: '' } : asked
    return original.call(this, plain, ...more)
  }
  Object.assign(pg.Client.prototype, { query: unnamed })
  try {
    return await run()
  } finally {
    Object.assign(pg.Client.prototype, { query: original })
  }
}

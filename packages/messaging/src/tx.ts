/** The SQL a kit needs of a service's own Prisma transaction client. Values are bound, never pasted into the text. */
export interface SqlClient {
  $queryRawUnsafe<Row>(sql: string, ...values: unknown[]): PromiseLike<Row>
  $executeRawUnsafe(sql: string, ...values: unknown[]): PromiseLike<number>
}

declare const inTx: unique symbol

/**
 * A client inside an open transaction. The brand is what the root client lacks: `emit(prisma, …)` does not compile, so
 * no event can be written apart from the change it tells of.
 */
export type Tx<Client extends SqlClient = SqlClient> = Client & { readonly [inTx]: true }

/** Runs `run` in one transaction: commits what it resolves to, rolls back when it rejects. Supplied by the service. */
export type InTransaction<Client extends SqlClient = SqlClient> = <T>(run: (tx: Tx<Client>) => Promise<T>) => Promise<T>

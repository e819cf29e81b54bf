/** What each process of the bench is told of the others. */
export interface World {
  /** The committed supergraph with the addresses of the subgraphs that run. */
  readonly supergraph: string
  /** Where each subgraph answers GraphQL, the gateway's own part of the graph among them. */
  readonly subgraphs: Readonly<Record<string, string>>
  /** A folder that is gone after the run. */
  readonly dir: string
  /** The environment of our gateway and services. */
  readonly env: Readonly<Record<string, string>>
}

/** What a process of the bench does. Its module exports `start(world): Promise<Part>`. */
export interface Part {
  /** Where it answers, under the names that whoever started it knows. */
  readonly urls: Readonly<Record<string, string>>
  ask?(question: unknown): Promise<unknown>
}

/** What a process has used. */
export interface Usage {
  /** Microseconds of all its threads since it began. */
  readonly cpuUs: number
  /** Bytes. */
  readonly rss: number
}

export type Question = { readonly about: 'usage' } | { readonly about: 'part'; readonly question: unknown }
export type Reply = { readonly answer: unknown } | { readonly failure: string }

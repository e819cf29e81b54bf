import type { SiakAnswer, SiakRecord, SiakSource } from './domain.ts'

/**
 * The national register (SIAK), as the house asks it. What any adapter must keep is `test-siak-contract.ts`. A fault
 * that is neither of the two below means that nobody knows whether the question was counted.
 */
export interface Siak {
  /** Stands with every answer: a stand-in's says that it is one. */
  readonly source: SiakSource
  /**
   * What the register says of these 16 digits.
   * @throws SiakQuotaExhausted, SiakAway; with either the question was not taken and is not counted.
   */
  lookUp(nik: string): Promise<SiakAnswer>
  /**
   * Tells the register what the akta of this number says otherwise (BLG-05); the same told twice changes nothing more.
   * Not counted against the quota.
   * @returns the person as the register has them now.
   * @throws SiakAway
   */
  correct(nik: string, changes: Partial<SiakRecord>, aktaNumber: string): Promise<SiakAnswer>
}

/** The register takes no more questions before the next day. */
export class SiakQuotaExhausted extends Error {
  constructor() {
    super('SIAK takes no more questions today')
  }
}

/** The register cannot be reached. */
export class SiakAway extends Error {
  constructor() {
    super('SIAK cannot be reached')
  }
}

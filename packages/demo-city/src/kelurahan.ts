import { KelurahanCode } from '@satuanak/contracts'
import { getVillages } from 'idn-area-data'

const KOTA_PEKALONGAN = '33.75.'

export interface CityKelurahan {
  /** Kemendagri code with dots (ID-23). */
  readonly code: KelurahanCode
  readonly name: string
  /** Two digits of the kecamatan, `01` Barat, `02` Timur, `03` Utara, `04` Selatan (ID-25). */
  readonly kecamatan: string
}

let loaded: Promise<readonly CityKelurahan[]> | undefined

/** The 27 kelurahan of Kota Pekalongan by code. The national list (83,762 villages) is read once per process. */
export function kotaPekalongan(): Promise<readonly CityKelurahan[]> {
  loaded ??= getVillages().then((villages) =>
    villages
      .filter(({ code }) => code.startsWith(KOTA_PEKALONGAN))
      .map(({ code, name }) => ({ code: KelurahanCode.parse(code), name, kecamatan: code.slice(6, 8) }))
      .sort((one, other) => (one.code < other.code ? -1 : 1)),
  )
  return loaded
}

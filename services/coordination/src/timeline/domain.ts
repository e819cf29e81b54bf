import {
  type AgencyCode,
  ChildId,
  EVENTS,
  type EventData,
  type EventId,
  type EventOf,
  type FactType,
  type Need,
  type Sensitivity,
} from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'
import {
  ATS_CATEGORY_WORDS,
  ATS_SOURCE_WORDS,
  EXIT_REASON_WORDS,
  FLAG_WORDS,
  KTP_STATUS_WORDS,
  LEVEL_WORDS,
  NEED_WORDS,
} from './domain-words.ts'

/** One fact about a child, as an event told it: ids and codes only (DOMAIN §9). */
export interface TimelineEntry {
  readonly id: EventId
  readonly childId: ChildId
  readonly at: Temporal.Instant
  /** Orders facts of the same moment; unique. */
  readonly place: string
  readonly type: FactType
  readonly agency: AgencyCode
  /** Where only the parties to a fact may read it. */
  readonly parties: readonly AgencyCode[]
  readonly kelurahan: string | null
  readonly sensitivity: Sensitivity
  readonly data: unknown
}

/** What the timeline keeps of an event; the sealed particulars of a presented child are not its business. */
export function entryOf(event: EventOf<FactType>): TimelineEntry {
  const { data } = event
  return {
    id: event.id,
    childId: ChildId.parse(event.subject),
    at: Temporal.Instant.from(event.time),
    place: placeOf(event),
    type: event.type,
    agency: event.org,
    parties: 'referralId' in data ? [...new Set([data.from, data.to])] : [],
    kelurahan: 'kelurahan' in data ? data.kelurahan : null,
    sensitivity: event.sensitivity,
    data: 'sealed' in data ? {} : data,
  }
}

/**
 * Facts of one transaction carry one time, and a random id: the id's own millisecond puts different sources in order,
 * the subject's version those of one source.
 */
function placeOf({ id, subjectversion }: Pick<EventOf<FactType>, 'id' | 'subjectversion'>): string {
  const hex = id.replaceAll('-', '')
  return `${hex.slice(0, 12)}${String(subjectversion).padStart(10, '0')}${hex}`
}

/** Names that a sentence borrows from others. */
export interface Words {
  readonly agencies: Readonly<Record<AgencyCode, Sentence>>
  readonly referral: (type: string) => Sentence
  /** A decline reason's or an outcome's code. */
  readonly answer: (code: string) => Sentence
  /** The zone whose calendar says which day a referral falls due (EC-65). */
  readonly zone: string
}

type Tell<Type extends FactType> = (data: EventData<Type>, words: Words) => Sentence

const listed = (codes: readonly string[]): string => codes.join(', ')

const neededWords = (needs: readonly Need[]): Sentence => ({
  id: `perlu ${listed(needs.map((need) => NEED_WORDS[need].id))}`,
  en: `needs ${listed(needs.map((need) => NEED_WORDS[need].en))}`,
})

const missingPapers = (missing: readonly string[]): Sentence =>
  missing.length === 0
    ? { id: 'dokumennya lengkap', en: 'no paper is missing' }
    : { id: `belum ada ${listed(missing)}`, en: `missing ${listed(missing)}` }

const referred = (words: Words, { type, from, to }: { type: string; from: AgencyCode; to: AgencyCode }) => {
  const title = words.referral(type)
  return {
    id: `${type} (${title.id}) dari ${words.agencies[from].id} ke ${words.agencies[to].id}`,
    en: `${type} (${title.en}) from ${words.agencies[from].en} to ${words.agencies[to].en}`,
  }
}

/** What each fact says to a reader. A new event type does not compile before it has its sentence. */
const TELL: { readonly [Type in FactType]: Tell<Type> } = {
  'civil-registry.person.registered.v1': ({ missing }) => {
    const papers = missingPapers(missing)
    return {
      id: `Tercatat di data kependudukan; ${papers.id}.`,
      en: `Entered in the civil registry; ${papers.en}.`,
    }
  },
  'civil-registry.person.merged.v1': () => ({
    id: 'Petugas menyatakan dua catatan sebagai satu anak.',
    en: 'An officer declared two records to be one child.',
  }),
  'civil-registry.person.split.v1': () => ({
    id: 'Petugas membatalkan penyatuan dua catatan.',
    en: 'An officer took back that two records are one child.',
  }),
  'civil-registry.person.moved.v1': ({ from, to }) => ({
    id: `Pindah kelurahan: ${from} ke ${to}.`,
    en: `Moved kelurahan: ${from} to ${to}.`,
  }),
  'civil-registry.person.identifier.flagged.v1': ({ type, code }) => ({
    id: `${type} ditandai: ${FLAG_WORDS[code].id}.`,
    en: `${type} flagged: ${FLAG_WORDS[code].en}.`,
  }),
  'civil-registry.paper.issued.v1': ({ paper, missing }) => {
    const papers = missingPapers(missing)
    return { id: `${paper} tercatat atau terbit; ${papers.id}.`, en: `${paper} recorded or issued; ${papers.en}.` }
  },
  'civil-registry.ktp.candidate.listed.v1': ({ npsn }) => ({
    id: `Masuk daftar perekaman KTP-el di sekolah ${npsn}.`,
    en: `Listed for KTP-el recording at school ${npsn}.`,
  }),
  'civil-registry.ktp.session.scheduled.v1': ({ npsn, date }) => ({
    id: `Perekaman KTP-el di sekolah ${npsn} dijadwalkan pada ${date}.`,
    en: `KTP-el recording at school ${npsn} is scheduled for ${date}.`,
  }),
  'civil-registry.ktp.session.cancelled.v1': ({ npsn, date, reason }) => ({
    id: `Perekaman KTP-el di sekolah ${npsn} pada ${date} dibatalkan (${reason}).`,
    en: `KTP-el recording at school ${npsn} on ${date} was called off (${reason}).`,
  }),
  'civil-registry.ktp.session.closed.v1': ({ npsn, date, pupils, recorded }) => ({
    id: `Perekaman KTP-el di sekolah ${npsn} pada ${date} selesai: ${recorded} dari ${pupils} murid direkam.`,
    en: `KTP-el recording at school ${npsn} on ${date} is over: ${recorded} of ${pupils} pupils recorded.`,
  }),
  'civil-registry.ktp.siak.mismatch.v1': ({ fields }) => ({
    id: `Data SIAK berbeda dari akta: ${listed(fields)}.`,
    en: `SIAK differs from the akta: ${listed(fields)}.`,
  }),
  'civil-registry.ktp.siak.corrected.v1': ({ fields }) => ({
    id: `Data SIAK diperbaiki menurut akta: ${listed(fields)}.`,
    en: `SIAK was corrected by the akta: ${listed(fields)}.`,
  }),
  'civil-registry.ktp.status.changed.v1': ({ new: status }) => ({
    id: `Status KTP-el: ${KTP_STATUS_WORDS[status].id}.`,
    en: `KTP-el status: ${KTP_STATUS_WORDS[status].en}.`,
  }),
  'civil-registry.ktp.recorded.v1': ({ recordedOn }) => ({
    id: `Direkam untuk KTP-el pada ${recordedOn}.`,
    en: `Recorded for the KTP-el on ${recordedOn}.`,
  }),
  'civil-registry.ktp.held.v1': ({ heldUntil }) => ({
    id: `KTP-el menunggu usia 17 tahun pada ${heldUntil}.`,
    en: `The KTP-el waits for the 17th birthday on ${heldUntil}.`,
  }),
  'civil-registry.ktp.printready.v1': ({ readyOn }) => ({
    id: `KTP-el masuk antrean cetak pada ${readyOn}.`,
    en: `The KTP-el entered the print queue on ${readyOn}.`,
  }),
  'civil-registry.ktp.printed.v1': ({ printedOn }) => ({
    id: `KTP-el dicetak pada ${printedOn}.`,
    en: `The KTP-el was printed on ${printedOn}.`,
  }),
  'civil-registry.ktp.batch.handed.v1': ({ cards, handedOn }) => ({
    id: `${cards} KTP-el diserahkan dengan Berita Acara pada ${handedOn}.`,
    en: `${cards} KTP-el were handed over with a Berita Acara on ${handedOn}.`,
  }),
  'civil-registry.ktp.card.received.v1': ({ receivedOn }) => ({
    id: `KTP-el diterima pada ${receivedOn}.`,
    en: `The KTP-el was received on ${receivedOn}.`,
  }),
  'civil-registry.ktp.card.returned.v1': ({ returnedOn }) => ({
    id: `KTP-el belum diambil dan kembali ke Dukcapil pada ${returnedOn}.`,
    en: `The KTP-el was not fetched and went back to the civil registry on ${returnedOn}.`,
  }),
  'civil-registry.ktp.stock.low.v1': ({ item, left }) => ({
    id: `Stok ${item} untuk KTP-el menipis: tersisa ${left} kartu.`,
    en: `The stock of ${item} for KTP-el runs low: ${left} cards left.`,
  }),
  'education.child.presented.v1': () => ({
    id: 'Pertama kali didata oleh bidang pendidikan dan disampaikan ke Dukcapil.',
    en: 'First written down by education, and presented to the civil registry.',
  }),
  'education.enrolment.started.v1': ({ npsn, level, startedOn }) => ({
    id: `Terdaftar di satuan pendidikan ${npsn}, jenjang ${LEVEL_WORDS[level].id}, mulai ${startedOn}.`,
    en: `Enrolled at school ${npsn}, ${LEVEL_WORDS[level].en}, from ${startedOn}.`,
  }),
  'education.enrolment.ended.v1': ({ npsn, endedOn }) => ({
    id: `Tidak lagi terdaftar di satuan pendidikan ${npsn} mulai ${endedOn}.`,
    en: `No longer enrolled at school ${npsn}, from ${endedOn}.`,
  }),
  'education.pupil.left.v1': ({ npsn, reason, movedTo }) => ({
    id: `Keluar dari satuan pendidikan ${npsn}: ${EXIT_REASON_WORDS[reason].id}${movedTo === null ? '' : ` ke ${movedTo}`}.`,
    en: `Left school ${npsn}: ${EXIT_REASON_WORDS[reason].en}${movedTo === null ? '' : `, to ${movedTo}`}.`,
  }),
  'education.ats.record.created.v1': ({ category, source }) => ({
    id: `Didata sebagai anak tidak sekolah (${ATS_CATEGORY_WORDS[category].id}), sumber ${ATS_SOURCE_WORDS[source].id}.`,
    en: `Listed as out of school (${ATS_CATEGORY_WORDS[category].en}), source: ${ATS_SOURCE_WORDS[source].en}.`,
  }),
  'education.ats.record.verified.v1': ({ outOfSchool }) => ({
    id: outOfSchool ? 'Verifikasi lapangan: benar tidak sekolah.' : 'Verifikasi lapangan: ternyata tidak demikian.',
    en: outOfSchool ? 'Field check: out of school indeed.' : 'Field check: not out of school.',
  }),
  // Neither causes nor agencies: who may know of those reads them where they live (PV-12).
  'education.ats.record.proposed.v1': () => ({
    id: 'Penyebab dipetakan dan layanan diusulkan ke OPD pengampu (TUN-08).',
    en: 'Causes were mapped, and services proposed to the agencies that answer for them (TUN-08).',
  }),
  'education.ats.child.reentered.v1': ({ npsn, level, date }) => ({
    id: `Kembali belajar di ${npsn} (${LEVEL_WORDS[level].id}) sejak ${date}; catatan tidak sekolah ditutup.`,
    en: `Back in learning at ${npsn} (${LEVEL_WORDS[level].en}) since ${date}; the out-of-school record is closed.`,
  }),
  'social.child.presented.v1': () => ({
    id: 'Pertama kali ditemui oleh bidang sosial dan disampaikan ke Dukcapil.',
    en: 'First met by social affairs, and presented to the civil registry.',
  }),
  'social.street.contact.recorded.v1': ({ repeat }) => ({
    id: repeat ? 'Ditemui lagi di jalan oleh petugas penjangkauan.' : 'Ditemui di jalan oleh petugas penjangkauan.',
    en: repeat ? 'Met again on the street by outreach.' : 'Met on the street by outreach.',
  }),
  'social.street.assessment.completed.v1': ({ droppedOut, needs }) => {
    const found = needs.length === 0 ? { id: 'tanpa kebutuhan', en: 'no needs' } : neededWords(needs)
    return {
      id: `Asesmen sosial selesai: ${droppedOut ? 'putus sekolah' : 'masih bersekolah'}; ${found.id}.`,
      en: `Social assessment completed: ${droppedOut ? 'dropped out of school' : 'in school'}; ${found.en}.`,
    }
  },
  'social.child.protected.v1': () => ({
    id: 'Tingkat pelindungan data anak diperbarui.',
    en: 'The protection level of the child’s data was changed.',
  }),
  'coordination.referral.created.v1': (data, words) => {
    const what = referred(words, data)
    const due = Temporal.Instant.from(data.dueAt).toZonedDateTimeISO(words.zone).toPlainDate().toString()
    return { id: `Rujukan ${what.id} dikirim, batas ${due}.`, en: `Referral ${what.en} sent, due ${due}.` }
  },
  'coordination.referral.acknowledged.v1': (data, words) => {
    const what = referred(words, data)
    return { id: `Rujukan ${what.id} diterima.`, en: `Referral ${what.en} accepted.` }
  },
  'coordination.referral.rejected.v1': (data, words) => {
    const what = referred(words, data)
    const instead = data.proposed === null ? { id: '', en: '' } : words.agencies[data.proposed]
    const reason = words.answer(data.reason)
    return {
      id: `Rujukan ${what.id} ditolak: ${reason.id}${instead.id && `; diusulkan ke ${instead.id}`}.`,
      en: `Referral ${what.en} declined: ${reason.en}${instead.en && `; proposed instead: ${instead.en}`}.`,
    }
  },
  'coordination.referral.completed.v1': (data, words) => {
    const what = referred(words, data)
    const outcome = words.answer(data.outcome)
    return { id: `Rujukan ${what.id} selesai: ${outcome.id}.`, en: `Referral ${what.en} completed: ${outcome.en}.` }
  },
  'coordination.proposal.placed.v1': (data, words) => {
    const what = referred(words, data)
    return { id: `Usulan layanan masuk sebagai rujukan ${what.id}.`, en: `A proposal became referral ${what.en}.` }
  },
}

/** The entry's fact as a sentence, read back by the contract under which it was told. */
export function tell({ type, data }: Pick<TimelineEntry, 'type' | 'data'>, words: Words): Sentence {
  return (TELL[type] as Tell<FactType>)(type.endsWith('.child.presented.v1') ? SEALED : read(type, data), words)
}

const SEALED = { sealed: '' }

const read = <Type extends FactType>(type: Type, data: unknown): EventData<Type> =>
  EVENTS[type].parse(data) as EventData<Type>

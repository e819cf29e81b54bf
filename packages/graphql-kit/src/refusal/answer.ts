import { Refusal } from '@satuanak/domain-kit'
import { NotPermitted } from '@satuanak/identity'
import type { GraphQLFieldResolver } from 'graphql'
import type { GraphContext } from '../context.ts'
import { refusalError } from '../graph-error.ts'
import { isPromise } from '../maybe-promise.ts'
import { noteThrown } from '../refused-try.ts'

/** A refusal as its GraphQL type sees it: the data, without what only an `Error` has. */
export type RefusalData<R extends Refusal = Refusal> = Omit<R, keyof Error>

export type Resolver = GraphQLFieldResolver<unknown, GraphContext, object>

/** A refusal's place in a result union. */
export interface Member {
  readonly name: string
  readonly matches: (refusal: Refusal) => boolean
}

export interface Success {
  readonly success: unknown
}
/** A refusal that was answered. Its data only: GraphQL would report an `Error` instead of returning it. */
interface Refused extends RefusalData {
  /** The member's type in the union. */
  readonly refused: string
}
export type Outcome = Success | Refused

export const memberOf = (outcome: Outcome): string | undefined => ('refused' in outcome ? outcome.refused : undefined)

/** The use case's answer, or its refusal, as a member of the union. What is neither is a fault and stays one. */
export function answering(resolve: Resolver, members: readonly Member[]): Resolver {
  return async (parent, args, context, info) => {
    try {
      const success: unknown = await resolve(parent, args, context, info)
      return success === null || success === undefined ? null : ({ success } satisfies Outcome)
    } catch (thrown) {
      noteThrown(context, thrown, args)
      const answer = isTellable(thrown) ? refused(thrown, members) : undefined
      if (answer) return answer
      throw reported(thrown, context)
    }
  }
}

/** A field without a result union reports a refusal as an error with the refusal's own code. */
export function reporting(resolve: Resolver): Resolver {
  return (parent, args, context, info) => {
    const told = (thrown: unknown): never => {
      noteThrown(context, thrown, args)
      throw reported(thrown, context)
    }
    try {
      const answer = resolve(parent, args, context, info)
      return isPromise(answer) ? answer.catch(told) : answer
    } catch (thrown) {
      return told(thrown)
    }
  }
}

/** How a field with a result union says a refusal that was found before its resolver ran. */
export function answerOf(extensions: Readonly<Record<string, unknown>> | null | undefined) {
  const members = extensions?.refusals as readonly Member[] | undefined
  return members && ((refusal: Refusal) => refused(refusal, members))
}

function refused(refusal: Refusal, members: readonly Member[]): Outcome | undefined {
  const member = members.find(({ matches }) => matches(refusal))
  const { code, sentence, field, rule } = refusal
  return member && { ...refusal, code, sentence, field, rule, refused: member.name }
}

/** `HIDDEN` should have become the use case's own NotFound; if it slips through it must not say what it is (PV-14). */
const isTellable = (thrown: unknown): thrown is Refusal =>
  thrown instanceof Refusal && !(thrown instanceof NotPermitted && thrown.reason === 'HIDDEN')

const reported = (thrown: unknown, { locale }: GraphContext): unknown =>
  thrown instanceof Refusal ? refusalError(thrown, locale) : thrown

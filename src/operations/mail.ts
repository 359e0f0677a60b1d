import { decideFailure } from '../../functions/mail/decide-failure.ts';
import { getPreferences } from '../../functions/mail/get-preferences.ts';
import type { ChoosableTopic } from '../../functions/mail/letters/mail-kind.ts';
import { liftSuppressions } from '../../functions/mail/lift-suppression.ts';
import { listFailures } from '../../functions/mail/list-failures.ts';
import { getMessage, listMessages } from '../../functions/mail/list-messages.ts';
import { listSuppressions } from '../../functions/mail/list-suppressions.ts';
import { seeInbox } from '../../functions/mail/see-inbox.ts';
import { setTopic, setTopicByToken } from '../../functions/mail/set-topic.ts';
import { readUnsubscribeToken } from '../../functions/mail/unsubscribe-token.ts';
import type { Context } from '../../functions/platform/context.ts';
import { orNull } from './or-null.ts';
import type { Asker } from './sign-in.ts';

/** The mail room: what the signed-in customer got and wants, what a mail's foot leads to, what staff decide. */
export function mailOperations(ctx: Context, { customerId }: Asker) {
  return {
    listMessages: (asked: { page: number }) => listMessages(ctx, asked),
    seeInbox: () => seeInbox(ctx),
    getMessage: (asked: { id: string }) => orNull(getMessage(ctx, asked)),
    getPreferences: () => getPreferences(ctx, { customerId }),
    setTopic: (asked: { topic: ChoosableTopic; isOn: boolean }) =>
      setTopic(ctx, { ...asked, customerId, source: 'settings' }),
    /** The customer's own address takes mail again. */
    resume: () => liftSuppressions(ctx, { customerId }),
    /** The topic that a token is about; null when it is not ours. */
    topicOfToken: (token: string) => readUnsubscribeToken(ctx.config.secret, token)?.topic ?? null,
    setTopicByToken: (asked: { token: string; isOn: boolean; source: 'mail' | 'one_click' }) =>
      setTopicByToken(ctx, asked),
    listFailures: () => listFailures(ctx),
    listSuppressions: () => listSuppressions(ctx),
    resumeFor: (customer: { customerId: string }) => liftSuppressions(ctx, customer),
    /** False when it waits for no decision any more. */
    decideFailure: async (asked: { mailId: string; decision: 'retry' | 'drop' }) =>
      (await orNull(decideFailure(ctx, asked))) !== null,
  };
}

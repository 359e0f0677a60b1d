import { z } from 'zod';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { keepLeftOut } from '../../people/mail/incoming/left-out.ts';
import type { IncomingMail, LeftOutFile } from '../../people/mail/incoming/mail-taker.ts';
import { type CheckedFile, checkFiles, keepFiles } from './attachments.ts';
import { isOver } from './case-state.ts';
import { changeCase } from './change-case.ts';
import { findFeedbackByReference } from './queries.ts';
import { insertMessage } from './statements.ts';

const templates: readonly string[] = ['feedback_received', 'feedback_answered', 'case_state'];
const told = z.object({ reference: z.string() });

/**
 * A customer answers one of our mails about their feedback by mail: the words become part of the thread as if they were
 * written on its page. Of anybody but who the mail went to it is no part of it; null then.
 */
export async function takeReply(
  ctx: Context,
  mail: IncomingMail,
): Promise<{ kind: 'feedback'; id: string } | null> {
  const { answers, customerId } = mail;
  if (answers === null || customerId === null || !templates.includes(answers.template)) return null;
  const params = told.safeParse(JSON.parse(answers.params));
  if (!params.success || mail.text === '') return null;
  const row = await findFeedbackByReference(ctx.db.fresh, { reference: params.data.reference });
  if (row === null || row.customerId !== customerId) return null;
  const author: Context = { ...ctx, actor: { kind: 'customer', id: customerId } };
  const messageId = newId();
  const { files, leftOut } = await keepable(ctx, mail);
  await keepFiles(author, files, (rowsOf) =>
    changeCase(author, { feedbackId: row.id, key: `mail:${mail.id}` }, ({ case: openCase }) => ({
      events: [
        ...(openCase !== null && isOver(openCase.state) ? [{ kind: 'reopened' } as const] : []),
        { kind: 'customer_wrote', subjectId: messageId },
      ],
      history: { kind: 'feedback_added' },
      rows: [
        insertMessage({
          ...{ id: messageId, feedbackId: row.id, from: 'customer', text: mail.text, quoted: mail.quoted },
          ...{ isInternal: false, at: ctx.now(), actor: actorName(author.actor) },
          leftOut: keepLeftOut(leftOut),
        }),
        ...rowsOf({ feedbackId: row.id, messageId }),
      ],
    })),
  );
  return { kind: 'feedback', id: row.id };
}

/** The files of a mail that could have come with feedback, and those that could not; none where nothing keeps them. */
export async function keepable(
  ctx: Context,
  { files, leftOut }: IncomingMail,
): Promise<{ files: CheckedFile[]; leftOut: LeftOutFile[] }> {
  const named = (why: LeftOutFile['why']) => files.map(({ name }) => ({ name, why }));
  if (ctx.files === null) return { files: [], leftOut: [...leftOut, ...named('store')] };
  const checked = await Promise.allSettled(files.map((file) => checkFiles([file])));
  return {
    files: checked.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])),
    leftOut: [...leftOut, ...named('kind').filter((_, index) => checked[index]?.status === 'rejected')],
  };
}

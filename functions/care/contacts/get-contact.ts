import { statement } from '../../../db/query.ts';
import type { Row } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { readLeftOut } from '../../people/mail/incoming/left-out.ts';
import type { LeftOutFile } from '../../people/mail/incoming/mail-taker.ts';
import { isPicture } from '../../voice/feedback/get-thread.ts';
import type { AttachmentView } from '../../voice/feedback/types.ts';
import { noContact } from './correct-contact.ts';
import { type ContactItem, findContact } from './list-contacts.ts';
import { type ContactContent, changedContent } from './plan-contact.ts';
import { listEntries } from './queries.ts';
import { listTasks, type TaskItem } from './tasks/list-tasks.ts';

/** A contact whole: what was said, what is to be done, and who wrote down what of it. */
export interface ContactFile extends ContactItem {
  /** Of a mail: its subject, the words of earlier mails below it, and the files that did not come along. */
  mail: { subject: string | null; quoted: string | null; leftOut: LeftOutFile[] } | null;
  files: AttachmentView[];
  tasks: TaskItem[];
  /** The newest first. */
  entries: {
    seq: number;
    kind: 'logged' | 'corrected' | 'tied' | 'withdrawn' | 'rated';
    at: number;
    by: string | null;
    changed: string[];
  }[];
}

/** @throws {AppError} `not_found`, `forbidden`, `scope_missing` */
export async function getContact(ctx: Context, { id }: { id: string }): Promise<ContactFile> {
  allow(ctx.actor, 'contacts:read');
  const [item, entries, tasks, [mail], files] = await Promise.all([
    findContact(ctx, id),
    listEntries(ctx.db, { contactId: id }),
    listTasks(ctx, { contactId: id, view: 'all' }),
    ctx.db.read(statement('SELECT subject, quoted, left_out FROM contact_mails WHERE contact_id = ?', id)),
    ctx.db.read(
      statement(
        'SELECT id, name, media_type, size_bytes FROM contact_attachments WHERE contact_id = ? ORDER BY id',
        id,
      ),
    ),
  ]);
  if (item === null) throw noContact();
  // An entry about whose it is says nothing else.
  const contents = entries.map(({ content, kind }): ContactContent | undefined =>
    kind === 'tied' ? undefined : JSON.parse(content),
  );
  return {
    ...item,
    mail: mail === undefined ? null : toMail(mail),
    files: files.map(([fileId, name, mediaType, size]) => ({
      ...{ id: String(fileId), name: String(name), sizeBytes: Number(size) },
      isPicture: isPicture(String(mediaType)),
    })),
    tasks: tasks.items,
    entries: entries.map(({ content: _, ...entry }, index) => {
      const after = contents[index];
      const before = contents.slice(index + 1).find((content) => content !== undefined);
      const isCorrection = entry.kind === 'corrected' && after !== undefined && before !== undefined;
      return { ...entry, changed: isCorrection ? changedContent(before, after) : [] };
    }),
  };
}

const toMail = ([subject, quoted, leftOut]: Row) => ({
  subject: textOrNull(subject),
  quoted: textOrNull(quoted),
  leftOut: readLeftOut(leftOut),
});

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);

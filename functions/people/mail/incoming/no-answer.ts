/** What a mail's own lines tell of it. */
export interface MailLines {
  address: string;
  subject: string;
  /** By their names in small letters. */
  headers: Readonly<Record<string, string>>;
}

/**
 * Why a mail is nobody's answer: it came back, a machine wrote it, or we did ourselves (RFC 3834, RFC 3464); null for what a
 * person wrote.
 */
export function whyNoAnswer(
  { address, subject, headers }: MailLines,
  own: readonly string[],
): 'bounce' | 'automatic' | 'own' | null {
  const of = (name: string) => headers[name]?.trim().toLowerCase() ?? '';
  const [localPart = ''] = address.split('@');
  if (own.includes(address)) return 'own';
  if (/^(mailer-daemon|postmaster|mail-daemon)$/.test(localPart) || of('return-path') === '<>')
    return 'bounce';
  if (of('content-type').startsWith('multipart/report') || of('x-failed-recipients') !== '') return 'bounce';
  const isTold = of('auto-submitted') !== '' && of('auto-submitted') !== 'no';
  const isMany = /^(bulk|junk|list|auto_reply)$/.test(of('precedence')) || of('list-id') !== '';
  if (isTold || isMany || of('x-autoreply') !== '' || of('x-autorespond') !== '') return 'automatic';
  if (/^(no-?reply|do-?not-?reply)$/.test(localPart)) return 'automatic';
  return /^(automatic reply|auto(matic)?[- ]?reply|out of (the )?office|автоматична відповідь)\b/i.test(
    subject,
  )
    ? 'automatic'
    : null;
}

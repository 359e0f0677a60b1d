/** Under what the words of a mail are kept: its template, and what it says where it may say several things. */
export function mailKey(template: string, name: string): string {
  return name === 'standard' ? `mail.${template}` : `mail.${template}.${name}`;
}

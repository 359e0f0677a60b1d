/**
 * A text may hold U+0000, which the embedded driver reads as its end. It is kept as U+FFFF and a digit, and so is U+FFFF itself;
 * neither is a character anybody writes. Only words that come from files can hold them: forms and the API refuse both.
 */
export function storedText(text: string): string {
  return text.replaceAll('\uffff', '\uffff1').replaceAll('\0', '\uffff0');
}

/** What {@link storedText} was given. */
export function toldText(stored: string): string {
  return stored.includes('\uffff')
    ? stored.replace(/\uffff([01])/g, (_, digit) => (digit === '0' ? '\0' : '\uffff'))
    : stored;
}

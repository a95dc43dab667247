/** Text from evidence, file names and links can hide, reorder or imitate. These functions make that visible; `ui/Untrusted` shows the result. */

const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]|\p{Cn}|\p{Co}|\p{Cs}/gu

/** Writes every character that cannot be seen, or that moves others, as its code point: `⟨U+202E⟩`. */
export function visible(text: string): string {
  return text.replace(
    HIDDEN,
    (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  )
}

/** Whether one word mixes Latin letters with look-alikes of another alphabet. */
export function isMixedScript(text: string): boolean {
  return (text.match(/[\p{L}\p{M}]+/gu) ?? []).some(
    (word) =>
      /\p{Script=Latin}/u.test(word) &&
      /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u.test(word),
  )
}

/** Longest untrusted text shown before the reader asks for the rest. */
export const SHOWN_CHARACTERS = 256

/**
 * The value of a plain scalar in YAML 1.2's core schema; undefined for the rare spellings (hexadecimal, octal,
 * infinities) that are left to the `yaml` package.
 */
export function plainValue(text: string): string | number | boolean | null | undefined {
  const first = text.charCodeAt(0);
  const isNumeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (isNumeric) {
    if (!numberLike.test(text)) return rare.test(text) ? undefined : text;
    return Number(text);
  }
  if (text.length > 5) return text;
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default:
      return text;
  }
}

const numberLike = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const rare = /^0[ox]|^[-+]?\.(?:inf|nan)$/i;

/* Degrees as people copy them; the server understands the same, see offers/coordinates.py. */

const NUMBER = "\\d+(?:[.,]\\d+)?";
const DEGREES = new RegExp(`^\\s*([-−])?\\s*(${NUMBER})\\s*°?(?:\\s*(${NUMBER})\\s*['’′])?(?:\\s*(${NUMBER})\\s*(?:["”″]|''|′′))?\\s*([NSOEW])?\\s*$`, "i");
// "50.3128, 7.8018" or "50,3128; 7,8018", as map services copy it.
const PAIR = /^\s*(-?\d+\.\d+|-?\d+,\d+)\s*°?\s*N?\s*(?:[;\s]|,\s)\s*(-?\d+\.\d+|-?\d+,\d+)\s*°?\s*[OE]?\s*$/i;

/** A number, NaN where the text is none. */
export function plainDegrees(text) {
  const match = DEGREES.exec(text);
  if (!match) return NaN;
  const [, sign, degrees, minutes, seconds, side = ""] = match;
  const value = number(degrees) + number(minutes) / 60 + number(seconds) / 3600;
  return Boolean(sign) !== /[SW]/i.test(side) ? -value : value;
}

/** [lat, lon] where somebody has pasted both into one input. */
export function parsePair(text) {
  const match = PAIR.exec(text);
  return match ? [number(match[1]), number(match[2])] : undefined;
}

function number(text = "0") {
  return parseFloat(text.replace(",", "."));
}

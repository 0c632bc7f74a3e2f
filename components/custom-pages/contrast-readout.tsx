import { Badge } from "@/components/ui/badge";
import {
  designContrast,
  isColour,
  LEAST_CONTRAST,
  ratioWords,
  readableOn,
} from "@/lib/custom-pages/contrast";

interface ContrastReadoutProps {
  background: string;
  text: string;
}

const colourOf = (typed: string): string | null => typed.trim().toLowerCase() || null;

/** How well the text of header and footer can be read, in words and as a ratio. */
export function ContrastReadout({ background, text }: ContrastReadoutProps) {
  const back = colourOf(background);
  const own = colourOf(text);
  if (!own && !back) return <p className="text-muted">Contrast: the page's own colours pass.</p>;
  if (!own && isColour(back)) {
    const found = readableOn(back);
    const name = found === "#ffffff" ? "White" : "Black";
    const ratio = designContrast({ background_color: back, text_color: found });
    return (
      <p className="text-muted">
        Contrast: {name} text is used on this background ({ratioWords(ratio ?? 1)}).
      </p>
    );
  }
  const ratio = designContrast({ background_color: back, text_color: own });
  if (ratio === null)
    return <p className="text-muted">Contrast: enter a colour such as #0b5f69.</p>;
  const passes = ratio >= LEAST_CONTRAST;
  return (
    <p className="flex flex-wrap items-center gap-2">
      <span>Contrast: {ratioWords(ratio)}</span>
      <Badge tone={passes ? "success" : "danger"}>
        {passes ? "Easy to read" : "Hard to read: 4.5:1 is the least"}
      </Badge>
    </p>
  );
}

/** "45 s", "12 min", "3 h", "2 days". */
export function duration(seconds: number): string {
  const size = Math.abs(Math.round(seconds));
  if (size < 120) return `${size} s`;
  if (size < 7200) return `${Math.round(size / 60)} min`;
  return size < 172_800 ? `${Math.round(size / 3600)} h` : `${Math.round(size / 86_400)} days`;
}

// Whether strategies agree. Which answer is right nobody here knows.
import { plural } from "./dom.js";

/** The comparison in one line, and the answer that stands out: null where no answer has more strategies behind it than every other. */
export function compare(runs) {
  const answered = runs.filter(run => run.answer !== null), groups = new Map();
  for (const run of answered) groups.set(run.answer, [...(groups.get(run.answer) || []), run]);
  const most = Math.max(...[...groups.values()].map(group => group.length)), leaders = [...groups].filter(([, group]) => group.length === most);
  return { text: textOf(runs, answered, groups), leader: leaders.length === 1 ? leaders[0][0] : null };
}

function textOf(runs, answered, groups) {
  const open = runs.filter(run => !run.isOver).length;
  if (open > 0) return `${plural(open, "run")} at work`;
  if (runs.length === 1) return "";
  if (answered.length === 0) return "No strategy reached an answer.";
  if (groups.size > 1) return `The answers differ: ${[...groups].map(([answer, group]) => `${answer} by ${group.map(run => run.strategy).join(" and ")}`).join("; ")}.`;
  const answer = answered[0].answer;
  if (answered.length === runs.length) return `${runs.length === 2 ? "Both" : `All ${runs.length}`} strategies answer ${answer}.`;
  return answered.length === 1 ? `Only ${answered[0].strategy} reached an answer: ${answer}.` : `${answered.length} of ${runs.length} strategies answer ${answer}; the rest reached none.`;
}

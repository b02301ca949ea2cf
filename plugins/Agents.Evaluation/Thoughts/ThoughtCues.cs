using System.Text.RegularExpressions;

namespace Agents.Evaluation;

/// <summary>The wording by which sentences are told: one expression a behaviour, English and Chinese.</summary>
internal static partial class ThoughtCues
{
    private const RegexOptions Rules = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>The expression of each behaviour, by its number.</summary>
    public static IReadOnlyList<Regex> ByBehaviour { get; } = [Verification(), Exploration(), Planning(), Backtracking(), Correction()];

    [GeneratedRegex("""
        \b(double|cross|re)-?\s?check | \bverif(y|ies|ied|ying|ication)\b | \bsanity\b | ^\W*check(ing|s)?\b(?!\s(in|out|the\smail)) | \bas\sa\scheck\b
        | \b(let\s(me|us)|let's|i'll|will|should|can|now|must|to)\s(just\s|quickly\s|also\s|first\s)*(check|confirm|validate|test|see\s(if|whether))\b
        | \b(plug|substitut|put)(s|ging|ting|ing|e)?\b.{0,30}\bback\b | \bconfirm(s|ed)\b | \bconsistent\b | \bplausible\b | \breasonable\b
        | \bdoes\s(this|that|it)\s(hold|make\ssense|work|match|agree|fit|add\sup)\b | \bis\s(this|that|it)\s(right|correct|true)\s*\? | \breally\b[^?]*\?
        | \b(makes\ssense|adds\sup|add\sup|checks\sout|looks\s(good|right)|agrees?\swith|fits\swith|matches)\b | \bagree\b | \bas\s(required|expected)\b | \bexactly\swhat\b
        | \brecomput | \brecalculat | \bto\sbe\s(sure|safe|certain)\b | \bmake\ssure\b | \bestimate\b.*\b(close|near)\b | \b(near|close)\senough\b | \bgood\.$
        | \b(re)?count(ing)?\s(again|it\sagain|once\smore)\b | \brecount\b | \b(again|once\smore)\b.{0,20}\byes\b | ,\s(yes|good|right|correct|fine|ok|nice|great)\b[^,]{0,12}$ | \byes\s*$ | ^\W*(ok|okay|good|test|testing|units?)\b\s?[:,]
        | \btest(ing)?\s(it|this|that|the\s\w+|x|n|with)\b | \bis\s(that|this|it)\s(even|really|actually)?\s?\w+\s*\? | \b(seems?|looks?|sounds?)\s(fine|right|ok|okay|good|plausible|correct|reasonable|about\sright)\b | \bin\sagreement\b | \bsatisf(y|ies)\b | \bnothing\shas\sbeen\slost\b
        | \b(i|we)\scan\s(verify|check|confirm)\b | \b(that|this|which)\s(is\s)?(agrees?|tallies|works|holds|fits)\b | ^\W*test\s\w+=
        | 检查 | 验算 | 验证 | 核对 | 代回 | 再算一遍 | 合理 | 正确
        """, Rules | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Verification();

    [GeneratedRegex("""
        \balternatively\b | \balternative\s(way|approach|method|derivation|route|reading|idea)\b | \b(another|different|second|faster|neater|simpler|better|easier)\s(way|approach|method|option|route|idea|thought|possibility|angle|reading)\b
        | \bother\soption\b | \bwhat\sif\b | ^\W*or\s?: | \bor\s(maybe|perhaps)\b | ^\W*(maybe|perhaps)\b | \b(could|can|might|may)\s(also|instead)\b | \bthere\s(might|may|could)\sbe\b
        | \b(suppose|if)\b.{0,40}\b(instead|on\sthe\sother\shand)\b | \btry\s(a|an|another|cases|with|the\sother|using)\b | \blook\sat\sit\s(from|as)\b | \bconsider\s(the\s(case|other|opposite|remaining)|also)\b
        | \bon\sthe\sother\shand\b | \bfrom\s\w+\s\w+'s\s(side|view)
        | \b(i|we|one)\s(could|might)\s(use|try|go|think|count|write|set|take|work|do|solve|draw|treat|look|start|split|just)\b | \bi\scan\sgo\b | \bthink\s(about|of)\s(this|it)\s(differently|another\sway)\b | ^\W*what\sabout\b | ^\W*how\sabout\b
        | \bis\sthere\s(a|an|any)\s\w+\s(way|trick|shortcut|method)\b | ^\W*alt\b | ^\W*or\b | \bpoint\sof\sview\b | \breconsider\b | \b(a|one)\s(different|second|further|other)\s(argument|proof|solution|view|interpretation)\b | \bother\s(ways?|approach|method)\b
        | 换一种 | 另一种 | 也可以 | 或者 | 还有一种
        """, Rules | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Exploration();

    [GeneratedRegex("""
        ^\W*plan\s?: | \b(the|my|our)\s(plan|strategy|goal|approach)\b\s?(is|:|will) | \bbreak\s(this|it|the\s\w+)\s(down|into|up)\b | ^\W*(need|next|to\sdo)\s?: | ^\W*\d+\ssteps?\s?:
        | \b(i|we)\s(first\s)?(need|have|must|want|will\swant)\s(first\s)?(to\s)?(find|determine|work\sout|figure\sout|compute|calculate|know|get|solve|settle|the)\b | \b(i|we)\smust\sfirst\b | \bneed\sto\swork\sout\b
        | \b(let\sme|let's|i'll|we'll|will)\s(start|begin)\s(by|with)\b | \bproceed\sin\b | \b(then|next|afterwards|after\sthat|finally)\s(i|we)\s(can|will|must|should)\b | \b(we|i)\swill\sthen\b
        | \bfirst,?\s(i|we)\s(need|must|have|find|will|should)\b | \bstep\sby\sstep\b | \bthe\s(first|next)\s(thing|step|task)\sis\b | \border\sof\swork\b | ^\W*first\s(find|compute|determine|work)\b
        | \bto\s(this|that)\send\b | \b(i|we)\s(intend|aim|propose|want)\sto\b | \bit\ssuffices\sto\b | \b(the|our|my)\s(idea|aim|task|job)\s(is|here)\b | \b(i|we)\shave\sto\s\w+ | ^\W*(want|todo|to-do|goal|aim|find|approach)\s?: 
        | \b(i'll|i\swill|we'll|let\sme|let\sus|let's)\s(first\s|now\s)?(figure\sout|handle|write\sdown|get|set\sup|work\sout|compute|find|list|define|call|solve|calculate|organi[sz]e|deal\swith|do)\b | \bi'm\sgoing\sto\b
        | 计划 | 首先 | 分为.{0,4}步 | 接下来 | 先.+再
        """, Rules | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Planning();

    [GeneratedRegex("""
        \b(go|going|return|step|come|circle)\s(all\sthe\sway\s)?back\b(?!\s(home|to\s(the\s)?(shop|store|school|house))) | \breturn\sto\sthe\b | ^\W*back\sto\b | \bstart(ing)?\s(over|again|afresh|from\sscratch)\b | \bbegin\s(once\smore|again|anew)\b
        | \bdead\send\b | \b(scrap|abandon|discard|drop|undo|retract|throw\sout|give\sup\s(on)?)\s(that|this|it|the)\b | \babandoned\b | \b(leads?|gets?|getting|get)\b.{0,8}\b(nowhere|anywhere)\b | \bin\scircles\b | \bhopeless\b
        | \b(doesn't|does\snot|won't|will\snot|didn't)\s(work|help|lead)\b | \bnone\sof\s(this|that)\shelps\b | ^\W*redo\b | \bargument\sfails\b
        | \brestart\b | \bnever\s?mind\b | \brewind\b | \b(isn't|is\snot|not|don't\sthink\s(this|that)\sis)\s(useful|helping|helpful|working|going\s(to\swork|anywhere)|leading|productive)\b | \bwon't\sdo\b | \brevert\b | \b(cannot|can't)\s(succeed|work)\b
        | \bcancel\s(that|this)\b | \bback\sup\b | ^\W*stuck\b | \b(i'm|we're|am|are)\sstuck\b | \b(messy|too\scomplicated|out\sof\shand)\b | \bwrong\s(track|path|road|turn)\b | \bset\s(this|that)\saside\b
        | 走不通 | 行不通 | 重新开始 | 回到 | 从头 | 算了,
        """, Rules | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Backtracking();

    [GeneratedRegex("""
        ^\W*(oh,?\s|oops\b|ah,?\s|aha\b|hold\son\b|scratch\sthat|no\s?[,:]|no\swait|correction\b|typo\b|sign\serror) | ^\W*wait\b | \bmy\s(mistake|bad|error)\b | \b(i|we)\s(forgot|misread|miscounted|miscalculated|overlooked|mixed\sup)\b
        | \b(that|this|it)('s|\sis|\swas|\scan't\sbe)\s(not\s)?(wrong|incorrect|right\b(?=.*\bnot\b)|mistaken|off)\b | \bthat\sis\swrong\b | \bcan't\sbe\sright\b | \bnot\s(right|correct)\b | \bis\swrong\s?: | \bassumption\swas\s(false|wrong)\b
        | \b(an?|arithmetic|made\sa)\s(\w+\s)?(error|mistake|slip)\s(was\smade|above|in\sline)\b | \bmade\s(a|an)\s(\w+\s)?(mistake|error|slip)\b | \bshould\s(read|have\sbeen|have\sread)\b | \bnow\si\ssee\b | \bi\ssee\snow\b | \bwrong\sdirection\b
        | ^\W*actually\b | ^\W*in\sfact\b.*\b(again|must|already)\b | \bthe\sother\sway\s(round|around)\b | \bnot\s\d+\.?$ | \bignores\b
        | \brather\sthan\s\d | \bwait\sa\s(second|minute|moment|sec)\b | \b(mixed\sup|backwards|counted\stwice)\b | ^\W*ah\b | \bcloser\s(inspection|look)\b | \bthat\swas\s(silly|careless|stupid|dumb|wrong|sloppy) | ^\W*(hmm|so|oh|um)?\W*no\b[,\s] | \bnot\s(one|two|three|four|five|six|ten|\w+s)\.$
        | ^\W*(fix|wrong)\b | \bi\s(got|had)\s.{0,25}\b(wrong|backwards)\b | \bthat\schanges\b | \bi\s(was|should)\s(wrong|have)\b | \bsilly\sme\b | \bi\sthought\b.{0,60}\bbut\b
        | 不对 | 算错 | 弄错 | 更正 | 错了 | 看错
        """, Rules | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Correction();
}

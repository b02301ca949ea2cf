namespace Agents.Playground.Tests.Look;

/// <summary>The contrast of every text that can be seen, by the formula of WCAG 2.2: the ratio of relative luminances.</summary>
internal static class TextContrast
{
    /// <summary>A script that returns what falls short of 4.5, or of 3 where letters are large, each with its ratio and place.</summary>
    public const string Failures = """
        () => {
          const read = text => { const [r, g, b, a = 1] = (text.match(/[\d.]+/g) || []).map(Number); return { r, g, b, a }; };
          const over = (top, under) => ({ r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1 });
          const part = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
          const luminance = c => .2126 * part(c.r) + .7152 * part(c.g) + .0722 * part(c.b);
          const ratio = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
          const behind = element => {
            const layers = [];
            for (let at = element; at; at = at.parentElement) {
              const fill = read(getComputedStyle(at).backgroundColor);
              if (fill.a > 0) layers.push(fill);
              if (fill.a === 1) break;
            }
            return layers.reverse().reduce((under, top) => over(top, under), { r: 255, g: 255, b: 255, a: 1 });
          };
          const failures = [];
          let seen = 0;
          const check = (element, colour, ground, text) => {
            const style = getComputedStyle(element), size = parseFloat(style.fontSize), isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
            const found = ratio(over(colour, ground), ground);
            seen++;
            if (found < (isLarge ? 3 : 4.5)) failures.push(`${found.toFixed(2)} ${element.tagName}.${element.getAttribute("class") || ""} ${text.trim().slice(0, 40)}`);
          };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const element = node.parentElement;
            if (!node.data.trim() || element.closest("script, noscript, option, .unseen, .skip:not(:focus)") || !element.checkVisibility({ visibilityProperty: true })) continue;
            if (!(element instanceof SVGElement)) { check(element, read(getComputedStyle(element).color), behind(element), node.data); continue; }
            const box = element.closest(".node")?.querySelector("rect");
            check(element, read(getComputedStyle(element).fill), box && !element.matches(".fold") ? read(getComputedStyle(box).fill) : behind(element.ownerSVGElement), node.data);
          }
          for (const field of document.querySelectorAll("input, select, textarea")) {
            if (!field.checkVisibility()) continue;
            const ground = behind(field);
            check(field, read(getComputedStyle(field).color), ground, field.id);
            if (field.placeholder) check(field, read(getComputedStyle(field, "::placeholder").color), ground, field.placeholder);
          }
          if (seen < 30) failures.push(`only ${seen} texts were seen`);
          return failures;
        }
        """;
}

import { expect, test } from "vitest";

import { find } from "../../inspect_app/frontend/enhance/find";

test("a reader of the standards finds what is asked about water, and nothing else stays on the page", () => {
  document.body.innerHTML = `<div data-find hidden><input type="search"><bdi data-find-count></bdi></div>
    <section data-find-group id="a"><ul><li data-find-item>BLD-04 الماء الصالح للشرب</li><li data-find-item>BLD-05 السقف</li></ul></section>
    <section data-find-group id="b"><ul><li data-find-item>GOV-01 الرخصة</li></ul></section>`;
  find(document);
  const input = document.querySelector("input")!;
  expect(document.querySelector<HTMLElement>("[data-find]")!.hidden).toBe(false);
  input.value = "مياه";
  input.dispatchEvent(new Event("input"));
  expect(document.querySelectorAll("[data-find-item]:not([hidden])")).toHaveLength(1);
  expect(document.querySelector<HTMLElement>("#b")!.hidden).toBe(true);
  expect(document.querySelector("[data-find-count]")!.textContent).toBe("1 / 3");
});

// Pages in the form in which a wiki and a shared document are exported, for the pictures of the guide.

/** A page of Confluence, as its space is exported. */
export const WIKI_PAGE = `<!DOCTYPE html>
<html><head><title>Ops : Restart the orders</title>
<style>body{font:15px/1.5 sans-serif;margin:24px;color:#172b4d}pre{background:#f4f5f7;padding:8px}.confluence-information-macro{background:#fffae6;padding:8px 12px;margin:8px 0}</style></head>
<body><div id="main-content" class="wiki-content group">
<h1>Restart the orders</h1>
<p>When the queue stands still. Takes ten minutes.</p>
<div class="confluence-information-macro confluence-information-macro-note"><div class="confluence-information-macro-body"><p>Stop if a payment is open.</p></div></div>
<h2>Look</h2>
<div class="code panel pdl"><div class="codeContent panelContent pdl">
<pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: bash; gutter: false; theme: Confluence">kubectl get pods --selector app=orders
kubectl logs deploy/orders --tail 20 | grep -c timeout</pre></div></div>
<h2>Restart</h2>
<div class="code panel pdl"><div class="codeContent panelContent pdl">
<pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: bash; gutter: false; theme: Confluence">kubectl rollout restart deploy/orders --namespace &lt;shop&gt;
kubectl rollout status deploy/orders --namespace &lt;shop&gt; &amp;&amp; echo done</pre></div></div>
<h2>Close</h2>
<ul class="inline-task-list"><li data-inline-task-id="1"><span>Support knows</span></li><li data-inline-task-id="2"><span>The incident is closed</span></li></ul>
</div></body></html>
`;

/** A document of Google Docs, as it is downloaded as a web page. */
export const SHARED_DOCUMENT = `<html><head><meta content="text/html; charset=UTF-8"><style type="text/css">
body{font:15px/1.5 Arial;margin:24px;background:#fff}.c1{font-weight:700}.c4{font-family:"Courier New"}ul.lst-a{list-style:none}</style></head><body class="doc-content">
<h1 class="c0"><span class="c1">Warm the caches</span></h1>
<p><span>After each release, before the first customers come.</span></p>
<h2><span>Warm</span></h2>
<p class="c2"><span class="c4">cachectl warm --region eu --top 500</span></p>
<p class="c2"><span class="c4">cachectl status --region eu</span></p>
<h2><span>Deploy the new keys</span></h2>
<p><span class="c4">helm upgrade caches ./chart \u2013wait</span></p>
<h2><span>Check</span></h2>
<ul class="lst-a"><li role="checkbox" aria-checked="false"><span>Hit rate is above 90 %</span></li><li role="checkbox" aria-checked="false"><span>Team knows</span></li></ul>
</body></html>
`;

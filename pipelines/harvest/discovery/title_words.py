"""The words by which titles on lists of government sites are told apart.

Belongs here: patterns over titles without spaces. Does not belong here: the order in which they decide (`titles`).
"""

from __future__ import annotations

import re

_SUBJECT = (
    r"(?:政府信息(?:和|与|及|、)?政务公开|政务(?:和|与|及)政府信息公开|政务公开(?:和|与|及|、|暨)(?:政府)?信息公开"
    r"|(?:政府)?信息公开(?:和|与|及|、|暨)政务公开|公开政府信息|(?:政府|政务|行政)?信息(?:主动)?公开|政务公开|政府信息(?=工作|年))"
)
#: What may stand between the two: a set of characters, so that no title can make matching slow.
_BETWEEN = r"[条例贯彻实施落执行工作情况开展的及全年度总结综合书面□《》“”\"'‘’()\[\]【】〔〕·_:、,/—–-]"
_REPORT = r"(?:年度(?:工作|情况|总结)?报告|年度?报(?!送|表)|工作报告|报告(?!会))"

#: What an annual report calls itself: `before` it stands whose, behind it what it is accompanied by. Years are □.
CORE = re.compile(
    rf"{_SUBJECT}{_BETWEEN}{{0,24}}?{_REPORT}书?|(?:年度报告|年报)[-—:(_《]{{0,2}}{_SUBJECT}(?:工作)?\)?$"
)
#: The same, where the CMS has cut the title.
CUT_CORE = re.compile(rf"{_SUBJECT}{_BETWEEN}{{0,24}}?(?:报)?$")
CUT = re.compile(r"(?:\.{2,}|。{2,}|⋯+)$")
SUBJECT = re.compile(_SUBJECT)
#: A title that has to do with this at all.
RELATED = re.compile(r"信息公开|政务公开|公开政府信息|年报|年度报告|年度工作报告")

#: Organs whose names hold words that would make another thing of the title.
ORGANS_IN_THE_WAY = re.compile(
    r"新闻(?=出版|办|中心|传媒|社|宣传|广播|和|与|信息|网|局|署)|图文(?=信息中心)|动漫(?=产业)"
)
INTERPRETATION = re.compile(
    r"解读|图解|读懂|看懂|图文|图说|图示|图片新闻|一图|长图|一张图|问答|答记者问|新闻|视频|动漫|动画|漫画|H5|h5|速读|速览"
    r"|数说|数读|亮点|看点|海报|音频|带你看|划重点|简明读本|宣传片"
)
TEMPLATE = re.compile(
    r"模板|模版|格式|参考文本|填报说明|填写说明|填报须知|填表说明|范本|样表|样式|样本|示范文本|编写规范|编制规范|提纲|参考稿|指引"
)
ASKING = re.compile(
    r"关于(?:认真|切实|进一步|全面|扎实|抓紧|及时|尽快|统一|集中|严格|按时|全市|全县|全区){0,3}"
    r"(?:做好|报送|上报|编制|编报|编写|撰写|起草|开展|组织|加强|规范|填报|提交|印发|转发|调整|修改|完善|征求|征集|召开"
    r"|举办|推进|通报|启动|部署|收集|汇总|审核|抽查|检查|督促|补充|提供|更新|推荐|表彰|对)"
)
NOTICE_END = re.compile(
    r"(?:的)?(?:通知|公告|通告|函|通报|请示|批复|复函|会议纪要|预告|预通知)(?:书)?(?:\(.{0,30}\)|\d{0,2})?$"
)
JUDGED = re.compile(
    r"评议|评估|考核|测评|评价|评比|检查|抽查|审核|整改|督查|培训|会议|推进会|部署会|调研|座谈|说明|要求|征求意见"
)
NEWS = re.compile(r"(?:发布|公布|审议|听取|审查|通过|学习|点评)$")
NEWS_BEHIND = re.compile(r"^[》“”\"]{0,2}(?:正式|已|新鲜)?(?:获|通过|发布|出炉|显示|上线|来了|审议|公布于众)")
TABLE_END = re.compile(
    r"(?:附表|统计表|情况表|数据表|报表|汇总表|统计数据|一览表|表格)(?:\(.{0,30}\)|[\d一二三]{0,2})?$"
)
TABLE_BESIDE = re.compile(r"(?:[及含和与带、+]|\(附|附(?=统计|数据|情况|表格))[^及含和与带]{0,10}$")
COLLECTED = re.compile(r"^(?:汇总|目录|列表|专栏|栏目|合集|汇编|集|专区|专题|链接|查询|>+|更多|导航)")

OTHER_HARD = re.compile(
    r"法治政府|依法行政(?:工作|情况|年度)|法治建设|网站(?:20\d\d年?|工作|监管|年度|年|度|的){0,6}(?:年报|报表|度报|作报)|新媒体|报表制度|预算|决算|三公"
    r"|政府工作报告|统计公报|(?:建议|提案)(?:办理|答复|提案)|双公示|双随机|党务公开|村务公开|厂务公开|校务公开|院务公开|警务公开|司法公开"
    r"|学年|公共企事业单位|企业信息公开|企业年度|企业年报|事业单位(?:法人)?年|法人年度|环境信息公开|依申请公开|重大行政决策|上半年|下半年|季度"
    r"|信用信息公开|招投标信息公开|年检|半年"
)
#: Organs that are named after such things: these are told by what stands directly before the report.
OTHER_ORGAN = re.compile(
    r"(?:预算|决算|新媒体|法治建设|双随机|季度)[一-鿿]{0,8}(?:中心|局|办|办公室|处|所|委员会|队|站)"
)
OTHER_SOFT = re.compile(
    r"公开指南|指南|公开目录|目录|制度|要点|工作方案|实施方案|方案|计划|总结|绩效|第三方|清单|规定|办法|条例|自查|财务|审计"
    r"|统计年报|工作安排|质量年|执法|社会组织|基金会|工作报告|年度报告|年报|公报|白皮书|政策|组织机构|领导小组"
)
OTHER_ALONE = re.compile(r"工作总结|年度报告|年报|工作报告|公报|白皮书")
#: A subject that the CMS cut within, and words that leave the report itself out.
CUT_SUBJECT = re.compile(r"政府信?息?公?开?[工作年度]{0,4}$")
SUBJECT_ONLY = re.compile(rf"{_SUBJECT}(?:工作)?(?:情况)?$")
#: Everything that may stand behind 年度报告 without making another thing of it.
DECORATION = re.compile(
    r"^(?:□|[-—–_|:,.;~·、/()\[\]【】《》〔〕“”\"'>+*]|年度?|度|全文|文字版|文本|文字|正文|正式|版|修订|修改|更正|更新|补充|稿|定稿|终稿|最终|公开|盖章"
    r"|扫描件?|电子|网页|上网|挂网|原文|简版|新|最|及|含|和|附|与|带|附表|附件|统计表|情况|图表|表格|公示|公布|的|下载|点击|查看|详情|请|NEW|new|HOT|pdf|PDF"
    r"|docx?|DOCX?|xlsx?|html?|wps|rar|zip|\d{1,2}|[一二三四五六七八九十])+"
)
DECORATION_END = re.compile(r"(?:[()\[\]【】_:、,—–-]|全文|文字版|下载|查看|PDF|pdf)+$")
FOREIGN = re.compile(r"英文|English|日文|韩文|藏文|维文|蒙文|哈萨克文")
#: Many bodies at once: a folder of reports, or a column.
COLLECTIVE = re.compile(
    r"(?:部门|单位|乡镇|镇街|街镇|镇办|乡镇?\(?、?(?:镇、)?街道\)?|镇\(街道?\)|区县|县区|县市区|县\(市、?区\)|县\(区\)|市\(?县\)?区|区\(县\)"
    r"|委办局|机构|直属机关|(?:各|所属)(?:街道|镇|乡|县|区|市|局|地|园区|开发区)+)(?:\(.{0,12}\))?$"
)
#: Words for the body that speaks, which name none.
NO_BODY = re.compile(
    r"^(?:全|我|本)(?:省|市|县|区|州|盟|旗|镇|乡|机关|局|委|厅|办|单位|街道|部门)+$|^(?:各级|政府|行政机关|本级)$"
)
ORGAN_END = re.compile(
    r"(?:省|市|县|区|州|盟|旗|镇|乡|街道|苏木|政府|局|委|委员会|厅|办|室|办公厅|院|署|部|处|队|所|站|馆|会|中心|社|公署|园|场"
    r"|公司|集团|机关|办事处|大学|学院|学校|医院|银行|本级|校|中学|小学|库|台|团|厂|监狱|海关|联|科协|科|组|宫|段|港|城|岛|湾|国资委|高新|经开)(?:本级|机关)?$"
)

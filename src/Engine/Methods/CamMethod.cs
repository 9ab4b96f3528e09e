namespace CAManim.Native.Engine.Methods;

/// <summary>How activation A and gradient G of a layer, both [C,h,w], become one signed map [h,w].</summary>
public enum CamMethod
{
    /// <summary>S = sum_k mean(G_k) A_k. Selvaraju et al. 2017, "Grad-CAM", eq. 1 and 2.</summary>
    GradCAM,

    /// <summary>S = sum_k G_k A_k, element by element. Draelos and Carin 2020, "Use HiResCAM instead of Grad-CAM", eq. 3.</summary>
    HiResCAM,

    /// <summary>S = sum_k relu(G_k A_k). As in pytorch-grad-cam.</summary>
    GradCAMElementWise,

    /// <summary>w_k = sum relu(G_k) a with a = G²/(2G² + sum(A_k) G³ + 1e-6), 0 where G = 0; S = sum_k w_k A_k. Chattopadhay et al. 2018, eq. 19.</summary>
    GradCAMPlusPlus,

    /// <summary>w_k = sum(G_k A_k)/(sum(A_k) + 1e-7); S = sum_k w_k A_k. Fu et al. 2020, "Axiom-based Grad-CAM".</summary>
    XGradCAM,

    /// <summary>S = sum_k relu(G_k) A_k. Jiang et al. 2021, "LayerCAM", eq. 5 and 6.</summary>
    LayerCAM,

    /// <summary>S = sum_k w_k A_k with w_k uniform in [-1,1], seeded: the baseline of the CAManim paper.</summary>
    RandomCAM,
}
